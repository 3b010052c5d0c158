#include "alias_internal.h"

#include <ctype.h>
#include <string.h>

#include "base/utf8.h"
#include "base/vec.h"
#include "domain/currency.h"
#include "rejects_internal.h"

/* Headers as published lists have them. Where one column of ours has several, rank decides between
 * two that stand in one file: a word that can only mean this outranks one that mostly does. */

struct alias {
    const char *words; /* plain headers, '|' between */
    enum import_use use;
    enum column column;
    int rank;
    unsigned own;
    const char *why;
};

static const char lifetime[] = "a total of the account's life, not per post";

static const struct alias aliases[] = {
    {"channelid|statisticschannelid", USE_COLUMN, COL_HANDLE, 9, 1u << PLATFORM_YOUTUBE},
    {"handle|username|userhandle|accounthandle|uniqueid|screenname|login|channelhandle|"
     "snippetcustomurl|customurl|instagramhandle|tiktokhandle|twitterhandle|accountname|"
     "benutzername|nutzername|kontoname|usuario|nombredeusuario|nomdutilisateur|utilisateur|"
     "nomedeusuario|ник|никнеим|логин|аккаунт",
     USE_COLUMN, COL_HANDLE, 8},
    {"channelinfo|nick|instagramname|influencerinstaname|instaname|influencerinstagramname|"
     "tiktokname|tiktokername|youtubername|youtubechannel|twitchname|igname",
     USE_COLUMN, COL_HANDLE, 6},
    {"channel|channelname|youtuber|influencer|creator|account|user|streamer|tiktoker|tiktok|"
     "instagram|influencername|"
     "kanal|kanalname|konto|canal|cuenta|conta|compte|chaine|creador|criador|createur",
     USE_COLUMN, COL_HANDLE, 4},
    {"displayname|fullname|channeltitle|snippettitle|nickname|realname|creatorname|screentitle|"
     "authorname",
     USE_COLUMN, COL_NAME, 8},
    {"anzeigename|vollername|nombrecompleto|nomcomplet|nomecompleto", USE_COLUMN, COL_NAME, 8},
    {"name|nombre|nom|nome|имя", USE_COLUMN, COL_NAME, 6},
    {"title", USE_COLUMN, COL_NAME, 4},
    {"platform|network|socialnetwork|socialmedia|socialmediaplatform|channeltype|"
     "plattform|netzwerk|sozialesnetzwerk|plataforma|redsocial|redesocial|plateforme|reseau|"
     "платформа|соцсеть|"
     "reseausocial",
     USE_COLUMN, COL_PLATFORM, 8},
    {"country|countrycode|snippetcountry|countryname|nationality|land|herkunftsland|"
     "pais|pays|страна",
     USE_COLUMN, COL_COUNTRY, 8},
    {"location|basedin", USE_COLUMN, COL_COUNTRY, 4},
    {"audiencecountry|countryofaudience|topcountry|audiencelocation", USE_IGNORED, 0, 0, 0,
     "where the audience lives, not the creator"},
    {"language|lang|languagecode|languages|snippetdefaultlanguage|sprache|idioma|"
     "langue",
     USE_COLUMN, COL_LANGUAGE, 8},
    {"email|mail|emailaddress|contactemail|businessemail|publicemail|emailadresse|correo|"
     "correoelectronico|courriel",
     USE_COLUMN, COL_EMAIL, 8},
    {"profileurl|profilelink|channelurl|channellink|accounturl|pageurl", USE_LINK, COL_URL, 9},
    {"url|link|profile|links|profil|perfil|profillink|ссылка|profiledeeplink", USE_LINK, COL_URL,
     6},
    {"primaryurl", USE_LINK, COL_URL, 4},
    {"website|externalurl|homepage|biolink", USE_IGNORED, 0, 0, 0, "not the profile's address"},
    {"bio|biodescription|biography|description|about|signature|snippetdescription|"
     "profiledescription|"
     "beschreibung|biografie|biographie|biografia|descripcion|descricao",
     USE_COLUMN, COL_BIO, 8},
    {"niche|niches|category|categories|topic|topics|genre|vertical|industry|contentcategory|"
     "maincategory|subcategory|snippetcategory|nische|kategorie|kategorien|thema|themen|branche|"
     "nicho|categoria|tema|categorie|thematique|категория|тематика|ниша",
     USE_COLUMN, COL_NICHE, 8},
    {"tag|tags|label|labels", USE_COLUMN, COL_TAG, 8},
    {"hashtags|hashtag", USE_IGNORED, 0, 0, 0, "words of posts, not labels of the creator"},
    {"followers|followersnumbers|followersnumber|followernumber|followercount|followerscount|"
     "followersint|numfollowers|numberoffollowers|totalfollowers|followerstotal|follower|"
     "statsfollowercount|followerzahl|anzahlfollower|anzahlderfollower|seguidores|"
     "numerodeseguidores|abonnes|nombredabonnes|подписчики|подписчиков|количествоподписчиков",
     USE_COLUMN, COL_FOLLOWERS, 8},
    {"subscribers|subscriberscount|subscribercount|subs|subscriber|statisticssubscribercount|"
     "numsubscribers|totalsubscribers|subscribersnumber|followerssubscribers|abonnenten|"
     "abonnentenzahl|"
     "anzahlabonnenten|abos|suscriptores|inscritos|subscritores",
     USE_COLUMN, COL_FOLLOWERS, 7, 1u << PLATFORM_YOUTUBE},
    {"connections", USE_COLUMN, COL_FOLLOWERS, 2, 1u << PLATFORM_LINKEDIN},
    {"fans|fancount|audience|audiencesize", USE_COLUMN, COL_FOLLOWERS, 4},
    {"hiddensubscribercount|statisticshiddensubscribercount", USE_HIDDEN, COL_FOLLOWERS, 8},
    {"following|followingcount|followings|follows|followscount|numfollowing|followingnumber|"
     "gefolgt|siguiendo|"
     "seguindo|abonnements",
     USE_COLUMN, COL_FOLLOWING, 8},
    {"posts|postcount|postscount|mediacount|numposts|numberofposts|totalposts|uploads|videos|"
     "videocount|videoscount|statisticsvideocount|numberofvideos|tweets|pins|beitrage|beitraege|"
     "anzahlbeitrage|anzahlbeitraege|publicaciones|publicacoes|publications",
     USE_COLUMN, COL_POSTS, 8},
    {"likescount|likecount|heart|hearts|heartcount|totallikes|likestotal|lifetimelikes|diggcount",
     USE_IGNORED, 0, 0, 0, lifetime},
    {"viewcount|viewscount|totalviews|viewstotal|channelviews|videoviews|lifetimeviews|"
     "statisticsviewcount|totalvideoviews|playcount",
     USE_IGNORED, 0, 0, 0, lifetime},
    {"commentcount|commentscount|totalcomments|statisticscommentcount|sharecount|totalshares",
     USE_IGNORED, 0, 0, 0, lifetime},
    {"er|erate|engrate|engagementrate|erpercent|erpct|engagementpercent|"
     "interaktionsrate|tasadeengagement|tasadeinteraccion|tauxdengagement|taxadeengajamento",
     USE_COLUMN, COL_ER, 8},
    {"erbasis|engagementbasis|ertype", USE_COLUMN, COL_ER_BASIS, 8},
    {"avgreach|averagereach|reachavg|reachperpost|postreach", USE_COLUMN, COL_REACH_POST, 8},
    {"credibility|audiencecredibility|audiencequality|realfollowers|authenticfollowers|"
     "realfollowersshare|credibilityscore",
     USE_COLUMN, COL_CREDIBILITY, 8},
    {"lastpost|lastpostdate|latestpost|lastposted|lastpostedat", USE_COLUMN, COL_LAST_POST_AT, 8},
    {"postslast30days|posts30days", USE_COLUMN, COL_POSTS_30D, 8},
    {"price|fee|priceperpost|feeperpost|rateperpost|postprice|costperpost|pricepost|pricing|quote|"
     "asking|cost|quotedfee|postfee|preis|preispropost|preisprobeitrag|honorar|honorarpropost|"
     "vergutung|verguetung|precio|precioporpost|tarifa|honorarios|prix|tarif|cachet|honoraires|"
     "preco|precoporpost|цена|стоимость",
     USE_COLUMN, COL_FEE, 8},
    {"currency|currencycode|feecurrency|pricecurrency|wahrung|waehrung|moneda|"
     "devise|moeda",
     USE_COLUMN, COL_CURRENCY, 8},
    {"postkind|kindofpost|posttype|typeofpost|deliverable|deliverabletype|adformat|"
     "postformat|format",
     USE_FEE_FORMAT, COL_FEE, 8},
    {"totalspend|spend|spent|amountspent|budget|totalcost|totalbudget|totalprice|totalfee|"
     "gesamtkosten|gesamtbudget|gastototal|depensetotale",
     USE_IGNORED, 0, 0, 0, "spent in all, not a fee per post"},
    {"tier|tierlabel|influencertier|sizeclass|influencertype|influencersize|tiername|creatortier",
     USE_TIER_LABEL, COL_TIER, 8},
    {"collectedat|statsfetchedat|fetchedat|scrapedat|crawledat|retrievedat|asof|snapshotdate|"
     "updatedat|lastupdated|dateadded|datecollected|measuredat|recordedat",
     USE_DATE, 0, 9},
    {"date|timestamp|datum|fecha|stand", USE_DATE, 0, 4},
    {"snapshots", USE_SNAPSHOTS, 0, 8},
    {"mediadata|latestposts|recentposts|recentmedia", USE_POSTS, 0, 8},
    {"rank|ranking|no|nr|index|position|sno|srno|unnamed0|nummer|lfdnr|platz|rang|numero",
     USE_IGNORED, 0, 0, 0, "a number of the row"},
    {"rejectline|rejectcolumn|rejectvalue|rejectreason|rejectelement|rejectmap", USE_IGNORED, 0, 0,
     0, "why the row was rejected before"},
    {"id|userid|creatorid|influencerid|accountid|pk|igid|openid|unionid|secuid", USE_IGNORED, 0, 0,
     0, "somebody's own number or name for the row"},
};

/* What a post gets, once a header says that it is meant per post. */
static const struct {
    const char *words;
    enum import_use use;
    enum column column;
} nouns[] = {
    {"likes|like|favorites|favourites|hearts|diggs|gefalltmir|megusta|jaime|curtidas", USE_COLUMN,
     COL_LIKES},
    {"comments|comment|replies|kommentare|comentarios|commentaires", USE_COLUMN, COL_COMMENTS},
    {"shares|share|reposts|retweets|compartidos|partages", USE_COLUMN, COL_SHARES},
    {"saves|save|bookmarks|saved", USE_COLUMN, COL_SAVES},
    {"views|view|plays|videoviews|impressionsperpost|viewers|aufrufe|visualizaciones|vues|"
     "visualizacoes",
     USE_COLUMN, COL_VIEWS},
    {"engagement|engagements|eng|interactions|authenticengagement", USE_ENGAGEMENTS, COL_ER},
};

static const char *const per_post_starts[] = {
    "avg",          "average",    "mean",     "median",    "durchschnittliche",
    "durchschnitt", "promediode", "promedio", "moyennede", "mediade"};
static const char *const per_post_ends[] = {
    "avg",        "average",       "mean",       "median",  "perpost",        "pervideo",
    "peravgpost", "durchschnitt",  "probeitrag", "propost", "porpublicacion", "porpost",
    "parpost",    "parpublication"};

static const struct {
    const char *word;
    enum platform platform;
} header_platforms[] = {
    {"instagram", PLATFORM_INSTAGRAM}, {"insta", PLATFORM_INSTAGRAM},
    {"ig", PLATFORM_INSTAGRAM},        {"tiktok", PLATFORM_TIKTOK},
    {"youtuber", PLATFORM_YOUTUBE},    {"youtube", PLATFORM_YOUTUBE},
    {"yt", PLATFORM_YOUTUBE},          {"twitch", PLATFORM_TWITCH},
    {"twitter", PLATFORM_X},           {"facebook", PLATFORM_FACEBOOK},
    {"linkedin", PLATFORM_LINKEDIN},   {"pinterest", PLATFORM_PINTEREST},
};

static const char *const alien_words[ALIEN_COUNT] = {
    [ALIEN_CAMPAIGN] =
        "clicks|linkclicks|conversions|conversionrate|conversionvalue|campaign|campaignid|"
        "campaignname|adset|adsetname|adgroup|adname|impressions|revenue|sessions|keyevents|"
        "totalrevenue|ctr|roas|adspend|amountspent|costperclick|costperresult|cpc|cpm|cpa|"
        "klicks|umsatz|kampagne|utmcampaign|utmsource",
    [ALIEN_ORDERS] =
        "orderid|ordernumber|orderdate|orders|order|financialstatus|fulfillmentstatus|"
        "lineitemname|lineitemquantity|lineitemprice|lineitemsku|subtotal|discountcode|"
        "discountamount|shipping|shippingmethod|billingname|shippingname|paidat|sku|quantity|"
        "bestellnummer|bestelldatum|rechnungsnummer",
};

/* Deliverables that have prices of their own, as any platform calls them. */
static const struct {
    const char *words, *format;
} fee_formats[] = {
    {"story|stories", "story"},      {"reel|reels", "reel"},
    {"short|shorts", "short"},       {"video|videos", "video"},
    {"stream|livestream", "stream"}, {"feedpost|feed|photo|carousel|tweet|pin|post", "post"},
};
static const char fee_words[] =
    "price|fee|cost|priceper|feeper|costper|rateper|pricefor|feefor|costfor|preis|preispro|"
    "honorar|honorarpro|precio|precioper|preciopor|prix|prixpar|tarif|tarifa";

/* ---- taking a header apart ---- */

/* Letters and digits, without case and accents. */
static void header_add(struct buf *out, struct text piece)
{
    struct buf folded = BUF_INIT;
    utf8_fold(&folded, piece);
    for (size_t i = 0; i < folded.length; i++) {
        unsigned char c = (unsigned char)folded.at[i];
        if (c >= 0x80 || isalnum(c))
            buf_add_char(out, (char)tolower(c));
    }
    buf_release(&folded);
}

/* The part before the brackets, what is in them, and what follows. */
static bool header_brackets(struct text header, struct text parts[3])
{
    const char *open = header.length > 0 ? memchr(header.at, '(', header.length) : NULL;
    if (open == NULL)
        return false;
    size_t from = (size_t)(open - header.at);
    const char *close = memchr(open, ')', header.length - from);
    if (close == NULL)
        return false;
    size_t to = (size_t)(close - header.at);
    parts[0] = text_part(header, 0, from);
    parts[1] = text_part(header, from + 1, to - from - 1);
    parts[2] = text_part(header, to + 1, header.length);
    return true;
}

void header_plain(struct buf *out, struct text header)
{
    struct text parts[3];
    if (!header_brackets(header, parts)) {
        header_add(out, header);
        return;
    }
    size_t before = out->length;
    header_add(out, parts[0]);
    header_add(out, parts[2]);
    if (out->length == before)
        header_add(out, parts[1]);
}

static bool word_among(struct text word, const char *words)
{
    struct text rest = text_of(words), piece;
    while (text_next(&rest, '|', &piece))
        if (text_equal(piece, word))
            return true;
    return false;
}

static bool text_ends(struct text text, const char *end)
{
    size_t length = strlen(end);
    return text.length >= length && memcmp(text.at + text.length - length, end, length) == 0;
}

static bool meaning_from_table(struct text plain, struct meaning *out)
{
    for (size_t i = 0; i < COUNT_OF(aliases); i++) {
        const struct alias *alias = &aliases[i];
        if (!word_among(plain, alias->words))
            continue;
        out->known = true;
        out->use = alias->use;
        out->column = alias->column;
        out->rank = alias->rank;
        out->own = alias->own;
        out->why = alias->why;
        return true;
    }
    return false;
}

static bool meaning_from_noun(struct text noun, bool per_post, struct meaning *out)
{
    for (size_t i = 0; i < COUNT_OF(nouns); i++) {
        if (!word_among(noun, nouns[i].words))
            continue;
        out->known = true;
        out->use = nouns[i].use;
        out->column = nouns[i].column;
        out->rank = per_post ? 8 : 5;
        out->bare = !per_post;
        return true;
    }
    return false;
}

/* "Likes avg.", "avg_likes", "likes per post"; the bare noun may be anything. */
static bool meaning_per_post(struct text plain, struct meaning *out)
{
    for (size_t i = 0; i < COUNT_OF(per_post_starts); i++)
        if (text_starts(plain, per_post_starts[i])) {
            size_t cut = strlen(per_post_starts[i]);
            struct text noun = text_part(plain, cut, plain.length - cut);
            for (size_t k = 0; k < COUNT_OF(per_post_ends); k++)
                if (text_ends(noun, per_post_ends[k]) && noun.length > strlen(per_post_ends[k]))
                    noun.length -= strlen(per_post_ends[k]);
            if (meaning_from_noun(noun, true, out))
                return true;
        }
    for (size_t i = 0; i < COUNT_OF(per_post_ends); i++)
        if (text_ends(plain, per_post_ends[i])) {
            size_t cut = strlen(per_post_ends[i]);
            if (meaning_from_noun(text_part(plain, 0, plain.length - cut), true, out))
                return true;
        }
    return meaning_from_noun(plain, false, out);
}

/* "storyprice", "price per reel" */
static bool meaning_fee(struct text plain, struct meaning *out)
{
    for (size_t i = 0; i < COUNT_OF(fee_formats); i++) {
        struct text rest = text_of(fee_formats[i].words), word;
        while (text_next(&rest, '|', &word)) {
            if (plain.length <= word.length)
                continue;
            size_t left = plain.length - word.length;
            bool front = text_equal(text_part(plain, 0, word.length), word) &&
                         word_among(text_part(plain, word.length, left), fee_words);
            bool back = text_equal(text_part(plain, left, word.length), word) &&
                        word_among(text_part(plain, 0, left), fee_words);
            if (!front && !back)
                continue;
            *out = (struct meaning){.known = true,
                                    .use = USE_COLUMN,
                                    .column = COL_FEE,
                                    .rank = 8,
                                    .named = out->named,
                                    .format = text_of(fee_formats[i].format)};
            return true;
        }
    }
    return false;
}

static bool meaning_rate(struct text plain, struct meaning *out)
{
    size_t at;
    if (!text_find(plain, TEXT("engrate"), &at) && !text_find(plain, TEXT("engagementrate"), &at) &&
        !word_among(plain, "erviews|erbyviews|erreach|erbyreach|erfollowers|erbyfollowers"))
        return false;
    out->known = true;
    out->use = USE_COLUMN;
    out->column = COL_ER;
    out->rank = 6;
    return true;
}

static bool meaning_from_key(struct text plain, struct meaning *out)
{
    struct buf key = BUF_INIT;
    bool found = false;
    for (int i = 0; i < COLUMN_COUNT && !found; i++) {
        buf_clear(&key);
        header_add(&key, text_of(columns[i].key));
        found = key.length > 0 && text_equal(buf_text(&key), plain);
        if (!found)
            continue;
        out->known = true;
        out->use = column_imported((enum column)i) ? USE_COLUMN : USE_IGNORED;
        out->column = (enum column)i;
        out->rank = 7;
        out->why = column_imported((enum column)i) ? NULL : "computed here";
    }
    buf_release(&key);
    return found;
}

static bool (*const meaning_steps[])(struct text plain, struct meaning *out) = {
    meaning_from_table, meaning_per_post, meaning_fee, meaning_rate, meaning_from_key};

static bool meaning_of(struct text plain, struct meaning *out)
{
    if (plain.length == 0)
        return false;
    for (size_t i = 0; i < COUNT_OF(meaning_steps); i++)
        if (meaning_steps[i](plain, out))
            return true;
    return false;
}

/* "instagramfollowers", "followerstiktok": the platform and what is left. */
static bool header_platform(struct text plain, enum platform *platform, struct text *left)
{
    for (size_t i = 0; i < COUNT_OF(header_platforms); i++) {
        const char *word = header_platforms[i].word;
        size_t length = strlen(word);
        if (plain.length < length)
            continue;
        bool front = text_starts(plain, word), back = text_ends(plain, word);
        if ((!front && !back) || (length == 2 && !front))
            continue;
        *platform = header_platforms[i].platform;
        *left = text_part(plain, front ? length : 0, plain.length - length);
        return true;
    }
    return false;
}

static struct text without_digits(struct text plain)
{
    while (plain.length > 0 && isdigit((unsigned char)plain.at[plain.length - 1]))
        plain.length--;
    return plain;
}

/* "Category_1", "Price2" */
static bool meaning_numbered(struct text plain, struct meaning *out)
{
    struct text word = without_digits(plain);
    if (word.length == plain.length || !meaning_of(word, out))
        return false;
    bool fee = out->use == USE_FEE_FORMAT || (out->use == USE_COLUMN && out->column == COL_FEE);
    for (size_t i = word.length; fee && i < plain.length && out->group < 1000; i++)
        out->group = out->group * 10 + (unsigned)(plain.at[i] - '0');
    return true;
}

static void meaning_extras(struct text header, struct text whole, struct meaning *out)
{
    struct text parts[3];
    size_t at;
    if (header_brackets(header, parts)) {
        out->currency = currency_from_code(text_trim(parts[1]));
        if (out->currency == CURRENCY_NONE)
            out->currency = currency_from_sign(text_trim(parts[1]));
    }
    struct text rest = header, piece;
    while (out->currency == CURRENCY_NONE && out->column == COL_FEE && out->use == USE_COLUMN &&
           text_next(&rest, ' ', &piece)) {
        out->currency = currency_from_code(text_trim(piece));
        if (out->currency == CURRENCY_NONE && piece.length > 0 &&
            !isalnum((unsigned char)*piece.at))
            out->currency = currency_from_sign(text_trim(piece));
    }
    out->percent = text_find(header, TEXT("%"), &at) || text_ends(whole, "percent") ||
                   text_ends(whole, "pct") || text_ends(whole, "percentage");
    if (text_find(whole, TEXT("view"), &at))
        out->basis = BASIS_VIEWS;
    else if (text_find(whole, TEXT("reach"), &at))
        out->basis = BASIS_REACH;
    else if (text_find(whole, TEXT("follower"), &at))
        out->basis = BASIS_FOLLOWERS;
}

/* What interfaces wrap an account in. */
static const char *const wrappings[] = {"business_discovery.",
                                        "data.user.",
                                        "userInfo.user.",
                                        "userInfo.stats.",
                                        "data.",
                                        "user.",
                                        "authorMeta.",
                                        "authorStats.",
                                        "author.",
                                        "stats.",
                                        "statistics.",
                                        "snippet."};

static struct meaning alias_of(struct text header);

struct meaning alias_find(struct text header)
{
    struct meaning out = alias_of(header);
    for (size_t i = 0; i < COUNT_OF(wrappings) && !out.known; i++)
        if (text_starts(header, wrappings[i]))
            return alias_of(text_part(header, strlen(wrappings[i]), header.length));
    return out;
}

static struct meaning alias_of(struct text header)
{
    struct meaning out = {.use = USE_IGNORED, .named = PLATFORM_COUNT};
    struct buf held = BUF_INIT, whole = BUF_INIT;
    header_plain(&held, header);
    header_add(&whole, header);
    struct text plain = buf_text(&held), left = plain;
    enum platform named = PLATFORM_COUNT;
    bool names = header_platform(plain, &named, &left);
    bool found = meaning_of(plain, &out) || (names && meaning_of(left, &out)) ||
                 meaning_of(buf_text(&whole), &out) || meaning_numbered(left, &out);
    if (names)
        out.named = named;
    if (found)
        meaning_extras(header, buf_text(&whole), &out);
    if (!out.known)
        out.why = "not a column of ours";
    buf_release(&held);
    buf_release(&whole);
    return out;
}

struct meaning alias_of_key(struct text header)
{
    struct meaning out = {.use = USE_IGNORED, .named = PLATFORM_COUNT};
    enum column column;
    if (text_is(header, "snapshots")) {
        out.known = true;
        out.use = USE_SNAPSHOTS;
    } else if (rejects_own(header)) {
        out.known = true;
    } else if (column_from_key(header, &column)) {
        out.known = true;
        out.use = column_imported(column) ? USE_COLUMN : USE_IGNORED;
        out.column = column;
        out.why = column_imported(column) ? NULL : "computed here";
    }
    return out;
}

enum alien alias_alien(struct text header)
{
    struct buf plain = BUF_INIT;
    enum alien found = ALIEN_NONE;
    header_plain(&plain, header);
    for (int i = ALIEN_CAMPAIGN; i < ALIEN_COUNT && found == ALIEN_NONE; i++)
        if (word_among(buf_text(&plain), alien_words[i]))
            found = (enum alien)i;
    buf_release(&plain);
    return found;
}
