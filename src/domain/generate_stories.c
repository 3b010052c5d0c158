#include "generate_internal.h"

#include <math.h>
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "base/vec.h"
#include "domain/facts.h"

/* Things to find; sample-data/README.md has the hints. */

/* clang-format off */
const struct story stories[] = {
    /* A small account with loyal people and a modest fee. */
    {.number = 41, .platform = PLATFORM_INSTAGRAM, .handle = "glow.by.mina",
     .name = "Mina Falkenberg", .country = "DE", .language = "de", .niche = "beauty|skincare",
     .tag = "drugstore|sensitive",
     .bio = "Ten-minute beauty from Leipzig. I pay for what I review. ✨ Kooperationen gern per Mail.",
     .followers = 24600, .following = 612, .posts = 744, .credibility = 0.91, .market = 0.88,
     .likes = 905, .comments = 44, .fee = 60, .sponsored = 0.06, .age = 2,
     .course = {.weekly = 0.006, .true_share = 1}},
    /* A large one that sells every second post and asks for a name. */
    {.number = 77, .platform = PLATFORM_INSTAGRAM, .handle = "vera.montalvo.official",
     .name = "Vera Montalvo", .country = "ES", .language = "es", .niche = "fashion",
     .tag = "luxury", .bio = "Fashion. Madrid, Milano, you. Management: see mail.",
     .followers = 642000, .following = 311, .posts = 5120, .credibility = 0.74,
     .likes = 2890, .comments = 61, .fee = 9800, .sponsored = 0.46, .age = 1,
     .course = {.weekly = -0.0025, .true_share = 1, .fading = 0.01}},
    /* Looks like a bargain until one looks at the weeks. */
    {.number = 120, .platform = PLATFORM_INSTAGRAM, .handle = "max.reps",
     .name = "Max Thornwick", .country = "GB", .language = "en", .niche = "fitness",
     .tag = "strength", .bio = "Strength for everyone. 60k strong and counting! 💪",
     .followers = 61300, .following = 6940, .posts = 288, .credibility = 0.46,
     .likes = 388, .comments = 4, .fee = 110, .sponsored = 0.35, .age = 3,
     .course = {.weekly = 0.001, .true_share = 0.38, .weeks_ago = 9}},
    /* Wants books, not money: the fee is a known 0. */
    {.number = 163, .platform = PLATFORM_INSTAGRAM, .handle = "margin.and.tea",
     .name = "Rita Brookley", .country = "GB", .language = "en", .niche = "books",
     .tag = "fiction|translated",
     .bio = "A bookseller between shifts. I post for books, never for money. 📚",
     .followers = 8150, .following = 420, .posts = 512, .credibility = 0.9,
     .likes = 431, .comments = 62, .age = 4,
     .course = {.weekly = 0.003, .true_share = 1}},
    /* One cook, three accounts, three prices. */
    {.number = 205, .account = 0, .platform = PLATFORM_YOUTUBE, .handle = "pantry.by.teo",
     .name = "Teo Navarro", .person = "Teo Navarro", .country = "MX", .language = "es",
     .niche = "food", .tag = "family|quick",
     .bio = "Recipes from three grandmothers. New every Sunday. 🍲",
     .followers = 214000, .posts = 402, .likes = 940, .comments = 71, .views = 23500, .fee = 900,
     .age = 2, .course = {.weekly = 0.002, .true_share = 1}},
    {.number = 205, .account = 1, .platform = PLATFORM_TIKTOK, .handle = "pantry.by.teo",
     .name = "Teo Navarro", .person = "Teo Navarro", .country = "MX", .language = "es",
     .niche = "food", .tag = "family|quick", .bio = "Grandmother recipes in sixty seconds. 🍲",
     .followers = 71400, .following = 190, .posts = 655, .likes = 1980, .comments = 52,
     .shares = 118, .views = 41000, .fee = 280, .age = 2,
     .course = {.weekly = 0.009, .true_share = 1}},
    {.number = 205, .account = 2, .platform = PLATFORM_INSTAGRAM, .handle = "pantry.by.teo",
     .name = "Teo Navarro", .person = "Teo Navarro", .country = "MX", .language = "es",
     .niche = "food", .tag = "family|quick", .bio = "The same kitchen, as pictures. 🍲",
     .followers = 38200, .following = 512, .posts = 980, .credibility = 0.86, .likes = 690,
     .comments = 21, .fee = 260, .age = 2, .course = {.weekly = 0.003, .true_share = 1}},
    /* Two with the same fee and nearly the same return: one has the reach, one the people. */
    {.number = 266, .platform = PLATFORM_INSTAGRAM, .handle = "the.skincare.library",
     .name = "The Skincare Library", .country = "FR", .language = "fr", .niche = "skincare",
     .tag = "science|spf", .bio = "Reading labels so you do not have to. 📍 Lyon",
     .followers = 34800, .following = 240, .posts = 610, .credibility = 0.84, .likes = 500,
     .comments = 22, .fee = 140, .sponsored = 0.12, .age = 1,
     .course = {.weekly = 0.002, .true_share = 1}},
    {.number = 267, .platform = PLATFORM_INSTAGRAM, .handle = "clay.club",
     .name = "Clay Club", .country = "FR", .language = "fr", .niche = "skincare",
     .tag = "acne|sensitive", .bio = "Acne, patience and sunscreen. Testé pour de vrai. 🧴",
     .followers = 19600, .following = 385, .posts = 402, .credibility = 0.87, .likes = 1080,
     .comments = 71, .fee = 140, .sponsored = 0.1, .age = 1,
     .course = {.weekly = 0.004, .true_share = 1}},
    /* Ten times as many followers as in summer, and a fee from before. */
    {.number = 322, .platform = PLATFORM_TIKTOK, .handle = "oma.gisela.repariert",
     .name = "Gisela Brückmann", .country = "DE", .language = "de", .niche = "diy|home",
     .tag = "beginner|tools|upcycling",
     .bio = "78 and a soldering iron. If it squeaks, I film it. 🔨",
     .followers = 96800, .following = 31, .posts = 144, .likes = 3460, .comments = 240,
     .shares = 410, .views = 52000, .fee = 380, .age = 1,
     .course = {.weekly = 0, .viral = 9.5, .true_share = 1, .weeks_ago = 6}},
    /* A star of three years ago with the fee of three years ago. */
    {.number = 388, .platform = PLATFORM_YOUTUBE, .handle = "lord.pixelot",
     .name = "Lord Pixelot", .country = "US", .language = "en", .niche = "comedy|gaming",
     .tag = "pc|retro", .bio = "Losing ranked since 2014. Business mail only.",
     .followers = 1870000, .posts = 2310, .likes = 520, .comments = 61, .views = 41000,
     .fee = 6500, .sponsored = 0.3, .age = 3,
     .course = {.weekly = -0.002, .true_share = 1, .fading = 0.045}},
    /* Quiet in November. */
    {.number = 430, .platform = PLATFORM_INSTAGRAM, .handle = "kleine.laube",
     .name = "Anke Lindthal", .country = "AT", .language = "de", .niche = "gardening|home",
     .tag = "allotment|vegetables", .bio = "An allotment near Graz. Forty kilos of courgettes. 🌱",
     .followers = 27900, .following = 505, .posts = 690, .credibility = 0.89, .likes = 251,
     .comments = 14, .fee = 95, .age = 2,
     .course = {.weekly = 0.002, .true_share = 1, .season = 0.62, .peak = 25}},
    /* Hides the likes, shows the reach. */
    {.number = 512, .platform = PLATFORM_INSTAGRAM, .handle = "slow.trains",
     .name = "Slow Trains", .country = "CH", .language = "de", .niche = "photography|travel",
     .tag = "solo|train", .bio = "Night trains and small towns. Statistics on request.",
     .followers = 46300, .following = 288, .posts = 530, .credibility = 0.9,
     .comments = 96, .reach = 17900, .fee = 210, .age = 2,
     .course = {.weekly = 0.003, .true_share = 1}},
    /* Many views, but not where you sell. */
    {.number = 574, .platform = PLATFORM_TIKTOK, .handle = "neon.noodle",
     .name = "霓虹麵攤", .country = "TW", .language = "zh", .niche = "food|travel",
     .tag = "budget|quick", .bio = "夜市、麵、霓虹燈。 Night markets of Tainan.",
     .followers = 88000, .following = 77, .posts = 310, .market = 0.03, .likes = 7900,
     .comments = 260, .shares = 510, .views = 121000, .fee = 160, .age = 1,
     .course = {.weekly = 0.005, .true_share = 1}},
    /* All of it true, five months ago. */
    {.number = 641, .platform = PLATFORM_INSTAGRAM, .handle = "northern.lens",
     .name = "Åse Bergström", .country = "NO", .language = "no", .niche = "photography",
     .tag = "analog|landscape", .bio = "Mountains at five in the morning. 📷 Nytt hver søndag.",
     .followers = 15200, .following = 260, .posts = 377, .credibility = 0.92, .likes = 1120,
     .comments = 58, .fee = 80, .age = 161, .course = {.weekly = 0.002, .true_share = 1}},
};
/* clang-format on */
const size_t story_count = COUNT_OF(stories);

static bool asked_for(const struct story *story, const struct generate_options *options)
{
    bool country = false, niche = false;
    for (unsigned i = 0; i < options->countries && !country; i++)
        country = strcmp(generate_countries[i].code, story->country) == 0;
    struct text words = text_of(story->niche), word;
    while (text_next(&words, '|', &word)) {
        niche = false;
        for (unsigned i = 0; i < options->niches && !niche; i++)
            niche = text_is(word, generate_niches[i].word);
        if (!niche)
            break;
    }
    return country && niche;
}

const struct story *story_of(const struct generate_options *options, uint64_t number,
                             unsigned account)
{
    for (size_t i = 0; i < COUNT_OF(stories); i++)
        if (stories[i].number == number && stories[i].account == account)
            return asked_for(&stories[i], options) ? &stories[i] : NULL;
    return NULL;
}

void story_words(const struct story *story, struct record *record)
{
    const struct {
        enum column column;
        const char *word;
    } words[] = {
        {COL_NAME, story->name},         {COL_PERSON, story->person}, {COL_COUNTRY, story->country},
        {COL_LANGUAGE, story->language}, {COL_NICHE, story->niche},   {COL_TAG, story->tag},
        {COL_BIO, story->bio},
    };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (words[i].word)
            record_set_text(record, words[i].column, text_of(words[i].word));
}

/* What the story does not tell may not contradict it. */
static void forget_rest(const struct story *story, struct record *record)
{
    static const enum column rest[] = {
        COL_LIKES,      COL_COMMENTS,  COL_SHARES,      COL_SAVES,           COL_VIEWS,
        COL_REACH_POST, COL_FOLLOWING, COL_CREDIBILITY, COL_AUDIENCE_MARKET, COL_ER};
    for (size_t i = 0; i < COUNT_OF(rest); i++)
        record_set_number(record, rest[i], number_unknown());
    record_set_text(record, COL_ER_BASIS, (struct text){0});
    record_set_text(record, COL_FEE_BY_FORMAT, (struct text){0});
    record_set_number(record, COL_FEE, story->fee * 100);
    record_set_text(record, COL_CURRENCY, TEXT("EUR"));
    record_set_text(record, COL_FEE_ORIGIN, text_of(fee_origin_words[FEE_QUOTED]));
}

void story_figures(const struct story *story, const struct generate_options *options,
                   struct record *record)
{
    const struct {
        enum column column;
        double number;
    } numbers[] = {
        {COL_FOLLOWERS, story->followers},
        {COL_FOLLOWING, story->following},
        {COL_POSTS, story->posts},
        {COL_CREDIBILITY, story->credibility},
        {COL_AUDIENCE_MARKET, story->market},
        {COL_LIKES, story->likes},
        {COL_COMMENTS, story->comments},
        {COL_SHARES, story->shares},
        {COL_VIEWS, story->views},
        {COL_REACH_POST, story->reach},
        {COL_SPONSORED_SHARE, story->sponsored},
        {COL_SAMPLE, 24},
        {COL_WINDOW, 60},
        {COL_POSTS_30D, 12},
    };
    forget_rest(story, record);
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        if (numbers[i].number > 0)
            record_set_number(record, numbers[i].column, numbers[i].number);
    double seen = options->now - story->age * DATE_DAY;
    record_set_number(record, COL_AUDIENCE_AT, seen);
    record_set_number(record, COL_ENGAGEMENT_AT, seen);
    record_set_number(record, COL_LAST_POST_AT, seen - 2 * DATE_DAY);
    record_set_number(record, COL_FEE_AT, seen - 21 * DATE_DAY);
}
