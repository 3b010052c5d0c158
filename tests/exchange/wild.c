#include "wild.h"

#include "base/vec.h"

const struct wild wild[] = {
    {.point = 1,
     .file = "tiktok_bom.csv",
     .encoding = ENCODING_UTF8_BOM,
     .separator = ',',
     .header = 1,
     .rows = 2,
     .creators = 2,
     .followers = 4600,
     .guesses = 1,
     .records = "tiktok/ann followers=1200\n"
                "tiktok/bob followers=3400\n"},
    {.point = 1,
     .file = "tiktok_cyrillic.csv",
     .encoding = ENCODING_WINDOWS_1251,
     .separator = ';',
     .header = 1,
     .rows = 3,
     .creators = 3,
     .followers = 56400,
     .guesses = 2,
     .records =
         "tiktok/lena.vesna name=\xD0\x9B\xD0\xB5\xD0\xBD\xD0\xB0 "
         "\xD0\x92\xD0\xB5\xD1\x81\xD0\xBD\xD0\xB0 country=RU followers=48200\n"
         "tiktok/igor_tok name=\xD0\x98\xD0\xB3\xD0\xBE\xD1\x80\xD1\x8C "
         "\xD0\xA1\xD0\xBE\xD0\xBA\xD0\xBE\xD0\xBB\xD0\xBE\xD0\xB2 country=KZ followers=1200\n"
         "tiktok/chai name=\xD0\xA7\xD0\xB0\xD0\xB9\xD0\xBD\xD0\xB0\xD1\x8F "
         "\xD0\xBB\xD0\xB0\xD0\xB2\xD0\xBA\xD0\xB0 country=RU followers=7000\n"},
    {.point = 1,
     .file = "tiktok_damaged.csv",
     .separator = ',',
     .header = 1,
     .rows = 2,
     .creators = 2,
     .followers = 4600,
     .guesses = 1,
     .records =
         "tiktok/ann name=Zo\xC3\x83\xC2\xAB \xC3\xB0\xC2\x9F\xC2\x98\xC2\x80 followers=1200\n"
         "tiktok/bob name=A\xC2\x90"
         "B\xC2\x9D"
         "C followers=3400\n"},
    {.point = 1,
     .file = "tiktok_utf16be_bare.csv",
     .encoding = ENCODING_UTF16_BE,
     .separator = ',',
     .header = 1,
     .rows = 2,
     .creators = 2,
     .followers = 4600,
     .guesses = 2,
     .records = "tiktok/ann name=Zo\xC3\xAB followers=1200\n"
                "tiktok/bob name=\xC5\x81ukasz followers=3400\n"},
    {.point = 1,
     .file = "tiktok_utf16le.csv",
     .encoding = ENCODING_UTF16_LE,
     .separator = '\t',
     .header = 1,
     .rows = 2,
     .creators = 2,
     .followers = 4600,
     .guesses = 1,
     .records = "tiktok/ann name=\xC5\xBB"
                "aneta followers=1200\n"
                "tiktok/bob name=\xE6\x9C\xA8\xE6\x9D\x91 followers=3400\n"},
    {.point = 1,
     .file = "tiktok_western.csv",
     .encoding = ENCODING_WINDOWS_1252,
     .separator = ',',
     .header = 1,
     .rows = 2,
     .creators = 2,
     .followers = 4600,
     .guesses = 1,
     .records = "tiktok/zoe name=Zo\xC3\xAB Brandt followers=1200 fee=12000 fee_origin=imported "
                "currency=EUR\n"
                "tiktok/cafe name=Caf\xC3\xA9 L\xC3\xB8ve followers=3400 fee=8000 "
                "fee_origin=imported currency=EUR\n"},
    {.point = 2,
     .file = "tiktok_line_ends.csv",
     .separator = ',',
     .header = 3,
     .rows = 4,
     .creators = 4,
     .followers = 204807,
     .guesses = 1,
     .records = "tiktok/ann bio=x followers=200200\n"
                "tiktok/bob bio=one\015\n"
                "two followers=1200\n"
                "tiktok/cid bio=z followers=3400\n"
                "tiktok/dan bio=end followers=7\n"},
    {.point = 2,
     .file = "tiktok_returns.csv",
     .separator = ',',
     .header = 1,
     .rows = 2,
     .creators = 2,
     .followers = 4600,
     .guesses = 1,
     .records = "tiktok/ann followers=1200\n"
                "tiktok/bob followers=3400\n"},
    {.point = 3,
     .file = "tiktok_bars.csv",
     .separator = ',',
     .header = 1,
     .rows = 2,
     .creators = 2,
     .guesses = 1,
     .records = "tiktok/ann niche=a|b|c|d\n"
                "tiktok/bob niche=x|y|z\n"},
    {.point = 3,
     .file = "tiktok_sep.csv",
     .separator = ';',
     .header = 2,
     .rows = 2,
     .creators = 2,
     .followers = 4600,
     .guesses = 1,
     .records = "tiktok/ann bio=a, b, c followers=1200\n"
                "tiktok/bob bio=d, e followers=3400\n"},
    {.point = 3,
     .file = "tiktok_tabs.tsv",
     .separator = '\t',
     .header = 1,
     .rows = 2,
     .creators = 2,
     .followers = 4600,
     .guesses = 1,
     .records = "tiktok/ann name=Ann, the first; really followers=1200\n"
                "tiktok/bob name=Bob | Co followers=3400\n"},
    {.point = 4,
     .file = "instagram_lying.csv",
     .separator = ',',
     .header = 1,
     .rows = 3,
     .creators = 3,
     .followers = 4688,
     .guesses = 3,
     .records = "instagram/ann country=DE followers=1200\n"
                "instagram/bob country=ES followers=3400\n"
                "instagram/cid country=FR followers=88\n"},
    {.point = 4,
     .file = "tiktok_preamble.csv",
     .separator = ',',
     .header = 3,
     .rows = 3,
     .creators = 3,
     .followers = 4670,
     .guesses = 1,
     .records = "tiktok/ann name=Ann A followers=1200\n"
                "tiktok/bob name=Bob B followers=3400\n"
                "tiktok/cid name=Cid C followers=70\n"},
    {.point = 4,
     .file = "tiktok_twins.csv",
     .separator = ',',
     .header = 1,
     .rows = 2,
     .creators = 2,
     .followers = 13801327,
     .guesses = 1,
     .records = "tiktok/ann followers=13800123\n"
                "tiktok/bob followers=1204\n"},
    {.point = 5,
     .file = "instagram_counts.csv",
     .separator = ';',
     .header = 1,
     .rows = 13,
     .creators = 13,
     .warnings = 1,
     .followers = 485961110500e0,
     .guesses = 1,
     .records = "instagram/a followers=475800000 fee=102700 fee_origin=imported currency=USD\n"
                "instagram/b followers=13800000 fee=129600 fee_origin=imported currency=EUR\n"
                "instagram/c followers=29000000000 fee=155200 fee_origin=imported currency=RUB\n"
                "instagram/d followers=890 fee=? fee_origin=?\n"
                "instagram/e followers=222000000 fee=? fee_origin=?\n"
                "instagram/f followers=228000000000 fee=? fee_origin=?\n"
                "instagram/g followers=2587 fee=? fee_origin=?\n"
                "instagram/h followers=2587 fee=? fee_origin=?\n"
                "instagram/i followers=2587 fee=? fee_origin=?\n"
                "instagram/j followers=249500000 fee=? fee_origin=?\n"
                "instagram/k followers=228000000000 fee=? fee_origin=?\n"
                "instagram/l followers=349 fee=? fee_origin=?\n"
                "instagram/m followers=1500 fee=? fee_origin=?\n",
     .problems = "warning 14 followers '1.500' read in thousands: a count has no fraction\n"},
    {.point = 5,
     .file = "instagram_either.csv",
     .separator = ',',
     .header = 1,
     .rows = 2,
     .creators = 2,
     .followers = 49700,
     .guesses = 2,
     .records = "instagram/ann followers=1500 views=2004\n"
                "instagram/bob followers=48200 views=900\n"},
    {.point = 5,
     .file = "instagram_german.csv",
     .separator = ';',
     .header = 1,
     .rows = 3,
     .creators = 3,
     .tiers = 1,
     .followers = 50350,
     .guesses = 2,
     .records =
         "instagram/lenaskin name=Lena Vogt niche=beauty|skincare followers=48200 likes=2004 "
         "er=0.0431 er_basis=followers fee=48000 fee_origin=imported currency=EUR\n"
         "instagram/mo.kocht name=Mo Ali niche=food followers=1200 likes=41 er=0.039 "
         "er_basis=followers fee=? fee_origin=?\n"
         "instagram/tea name=Tea Nord niche=food|travel followers=950 likes=88 er=0.125 "
         "er_basis=followers fee=120000 fee_origin=imported currency=EUR\n",
     .problems = "label 3 Tier 'Macro' by its followers it is micro\n"},
    {.point = 5,
     .file = "instagram_points.csv",
     .separator = ',',
     .header = 1,
     .rows = 3,
     .creators = 3,
     .followers = 1253700,
     .guesses = 1,
     .records = "instagram/ann followers=1500 views=2004\n"
                "instagram/bob followers=48200 views=900\n"
                "instagram/cid followers=1204000 views=31750\n"},
    {.point = 5,
     .file = "tiktok_millions.csv",
     .separator = ';',
     .header = 1,
     .rows = 2,
     .creators = 2,
     .followers = 20337000,
     .guesses = 1,
     .records = "tiktok/ann followers=16037000 likes=1200\n"
                "tiktok/bob followers=4300000 likes=950\n"},
    {.point = 6,
     .file = "instagram_engagements.csv",
     .separator = ',',
     .header = 1,
     .rows = 2,
     .creators = 2,
     .followers = 2010000,
     .guesses = 1,
     .records = "instagram/ann followers=10000 er=0.0431 er_basis=followers\n"
                "instagram/bob followers=2000000 er=0.025 er_basis=followers\n"},
    {.point = 6,
     .file = "instagram_rate_bare.csv",
     .separator = ',',
     .header = 1,
     .rows = 4,
     .creators = 4,
     .warnings = 1,
     .followers = 4000,
     .guesses = 1,
     .records = "instagram/ann followers=1000 er=0.0139 er_basis=followers\n"
                "instagram/bob followers=1000 er=0.0431 er_basis=followers\n"
                "instagram/cid followers=1000 er=1.04 er_basis=followers\n"
                "instagram/dan followers=1000 er=0.025 er_basis=followers\n",
     .problems = "warning 4 Eng. Rate '104' a rate above 100 %\n"},
    {.point = 6,
     .file = "instagram_rate_fraction.csv",
     .separator = ',',
     .header = 1,
     .rows = 4,
     .creators = 4,
     .warnings = 1,
     .followers = 4000,
     .guesses = 1,
     .records = "instagram/ann followers=1000 er=0.0139 er_basis=followers\n"
                "instagram/bob followers=1000 er=0.0431 er_basis=followers\n"
                "instagram/cid followers=1000 er=1.04 er_basis=followers\n"
                "instagram/dan followers=1000 er=0.025 er_basis=followers\n",
     .problems = "warning 4 Eng. Rate '1.04' a rate above 100 %\n"},
    {.point = 6,
     .file = "instagram_rate_low.csv",
     .separator = ',',
     .header = 1,
     .rows = 3,
     .creators = 3,
     .unknown = 1,
     .followers = 3000,
     .guesses = 2,
     .records = "instagram/ann followers=1000 er=0.4 er_basis=followers\n"
                "instagram/bob followers=1000 er=0.2 er_basis=followers\n"
                "instagram/cid followers=1000 er=?\n",
     .problems = "unknown 4 er '-0.3' a share below zero\n"},
    {.point = 6,
     .file = "instagram_rate_sign.csv",
     .separator = ',',
     .header = 1,
     .rows = 4,
     .creators = 4,
     .warnings = 1,
     .followers = 4000,
     .guesses = 1,
     .records = "instagram/ann followers=1000 er=0.0139 er_basis=followers\n"
                "instagram/bob followers=1000 er=0.0431 er_basis=followers\n"
                "instagram/cid followers=1000 er=1.04 er_basis=followers\n"
                "instagram/dan followers=1000 er=0.025 er_basis=followers\n",
     .problems = "warning 4 Eng. Rate '104%' a rate above 100 %\n"},
    {.point = 7,
     .file = "instagram_missing.csv",
     .separator = ',',
     .header = 1,
     .rows = 7,
     .creators = 7,
     .unknown = 1,
     .guesses = 1,
     .records = "instagram/a name=? country=? followers=? views=?\n"
                "instagram/b name=? country=? followers=? views=?\n"
                "instagram/c name=? country=? followers=? views=?\n"
                "instagram/d name=? country=? followers=? views=?\n"
                "instagram/e name=? country=? followers=? views=?\n"
                "instagram/f name=Eff country=DE followers=? views=2400000\n"
                "instagram/g name=Gee country=DE followers=0 views=10\n",
     .problems = "unknown 7 followers '0' no followers beside so many views\n"},
    {.point = 8,
     .file = "instagram_handles.csv",
     .separator = ',',
     .header = 1,
     .rows = 10,
     .creators = 8,
     .rejected = 1,
     .repeats = 1,
     .followers = 52,
     .guesses = 1,
     .records = "instagram/ann followers=1\n"
                "instagram/bob followers=2\n"
                "instagram/433 followers=4\n"
                "instagram/24k followers=5\n"
                "instagram/3444.3444 followers=6\n"
                "instagram/.186229 followers=7\n"
                "instagram/7139812345678901234 followers=8\n"
                "instagram/ANN followers=9\n"
                "instagram/Tea Room Talks followers=10\n",
     .problems = "repeat 9<2 handle 'ANN' the same creator again: this row wins\n"
                 "rejected 11 handle '' no handle\n"},
    {.point = 8,
     .file = "youtube_titles.csv",
     .separator = ',',
     .header = 1,
     .rows = 3,
     .creators = 3,
     .followers = 49477,
     .guesses = 2,
     .records = "youtube/Tea Room Talks followers=1200\n"
                "youtube/A Quiet Garden followers=48200\n"
                "youtube/Soloword followers=77\n"},
    {.point = 9,
     .file = "list_headers.csv",
     .separator = ',',
     .header = 1,
     .rows = 2,
     .creators = 2,
     .followers = 4600,
     .records = "instagram/ann name=Ann A followers=1200 likes=30 comments=4 views=500 er=0.028 "
                "er_basis=followers\n"
                "instagram/bob name=Bob B followers=3400 likes=70 comments=9 views=900 er=0.023 "
                "er_basis=followers\n"},
    {.point = 10,
     .file = "list_duplicates.csv",
     .separator = ',',
     .header = 1,
     .rows = 6,
     .creators = 3,
     .repeats = 3,
     .identical = 2,
     .followers = 128,
     .records = "youtube/ann followers=10\n"
                "youtube/Ann followers=12\n"
                "instagram/ann followers=99\n"
                "tiktok/ann followers=7\n",
     .problems = "repeat 3<2 handle 'ann' says the same again\n"
                 "repeat 4<3 handle 'Ann' the same creator again: this row wins\n"
                 "repeat 7<6 handle 'ann' says the same again\n"},
    {.point = 11,
     .file = "tiktok_text.csv",
     .separator = ',',
     .header = 1,
     .rows = 11,
     .creators = 11,
     .followers = 66,
     .guesses = 1,
     .records =
         "tiktok/a name=\xEA\xB9\x80\xEC\x84\x9C\xEC\x97\xB0 followers=1\n"
         "tiktok/b name=\xE3\x81\x95\xE3\x81\x8F\xE3\x82\x89\xE6\xA1\x9C followers=2\n"
         "tiktok/c name=\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7 followers=3\n"
         "tiktok/d name=\xE0\xB8\xAA\xE0\xB8\xA7\xE0\xB8\xB1\xE0\xB8\xAA\xE0\xB8\x94\xE0\xB8\xB5 "
         "followers=4\n"
         "tiktok/e name=\xE0\xA4\xA8\xE0\xA4\xAE\xE0\xA4\xB8\xE0\xA5\x8D\xE0\xA4\xA4\xE0\xA5\x87 "
         "followers=5\n"
         "tiktok/f "
         "name="
         "\xF0\x9F\x91\xA9\xF0\x9F\x8F\xBD\xE2\x80\x8D\xF0\x9F\x9A\x80\xF0\x9F\x8F\xB3\xEF\xB8\x8F"
         "\xE2\x80\x8D\xF0\x9F\x8C\x88\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA followers=6\n"
         "tiktok/g name=\xF0\x9D\x93\x9B\xF0\x9D\x93\xAE\xF0\x9D\x93\xB7\xF0\x9D\x93\xAA "
         "followers=7\n"
         "tiktok/h name=Z\xCD\x91\xCD\x83\xCC\x82"
         "a\xCC\x81lgo followers=8\n"
         "tiktok/i name=Zoe\xCC\x88 followers=9\n"
         "tiktok/j name=A\xD1\x80\xD0\xB8\xD0\xBD\xD0\xB0 followers=10\n"
         "tiktok/k name=x\xE2\x80\xAEy\xE2\x80\x8B followers=11\n"},
    {.point = 12,
     .file = "instagram_categories.csv",
     .separator = ',',
     .header = 1,
     .rows = 3,
     .creators = 3,
     .guesses = 1,
     .records = "instagram/a niche=art|music\n"
                "instagram/b niche=art\n"
                "instagram/c niche=food\n"},
    {.point = 12,
     .file = "instagram_joined.csv",
     .separator = ',',
     .header = 1,
     .rows = 6,
     .creators = 6,
     .guesses = 2,
     .records = "instagram/a niche=cinema|music\n"
                "instagram/b niche=music\n"
                "instagram/c niche=cinema\n"
                "instagram/d niche=humor|music\n"
                "instagram/e niche=youtube\n"
                "instagram/f niche=humor & fun\n"},
    {.point = 12,
     .file = "instagram_links.csv",
     .separator = ',',
     .header = 1,
     .rows = 3,
     .creators = 3,
     .guesses = 1,
     .records = "instagram/a\n"
                "instagram/b\n"
                "instagram/c\n"},
    {.point = 12,
     .file = "instagram_niches.csv",
     .separator = ';',
     .header = 1,
     .rows = 6,
     .creators = 6,
     .guesses = 1,
     .records = "instagram/a niche=a|b\n"
                "instagram/b niche=art|beauty\n"
                "instagram/c niche=x|y\n"
                "instagram/d niche=?\n"
                "instagram/e niche=music\n"
                "instagram/f niche=tiktok\n"},
    {.point = 13,
     .file = "instagram_countries.csv",
     .separator = ';',
     .header = 1,
     .rows = 13,
     .creators = 13,
     .unknown = 1,
     .guesses = 1,
     .records = "instagram/a country=DE\n"
                "instagram/b country=DE\n"
                "instagram/c country=DE\n"
                "instagram/d country=ES\n"
                "instagram/e country=DE\n"
                "instagram/f country=?\n"
                "instagram/g country=IT\n"
                "instagram/h country=JP\n"
                "instagram/i country=RU\n"
                "instagram/j country=BR\n"
                "instagram/k country=US\n"
                "instagram/l country=CH\n"
                "instagram/m country=?\n",
     .problems = "unknown 14 country 'Nowhere' not a country\n"},
    {.point = 14,
     .file = "instagram_no_currency.csv",
     .separator = ',',
     .header = 1,
     .rows = 2,
     .creators = 2,
     .followers = 4600,
     .guesses = 2,
     .records = "instagram/ann followers=1200 fee=12000 fee_origin=imported\n"
                "instagram/bob followers=3400 fee=8000 fee_origin=imported\n"},
    {.point = 14,
     .file = "instagram_prices.csv",
     .separator = ',',
     .header = 1,
     .rows = 4,
     .creators = 4,
     .unknown = 2,
     .guesses = 1,
     .records = "instagram/ann fee=12000 fee_origin=imported currency=EUR "
                "fee_by_format=reel=300|story=40\n"
                "instagram/bob fee=? fee_origin=? currency=USD fee_by_format=story=90\n"
                "instagram/cid fee=5000 fee_origin=imported currency=EUR fee_by_format=?\n"
                "instagram/dan fee=? fee_origin=?\n",
     .problems =
         "unknown 4 Post_kind3 'Podcast' no format of this platform: its price is left out\n"
         "unknown 4 Price2 '$20' in another currency than the fee of the row\n"},
    {.point = 14,
     .file = "list_rate_card.csv",
     .separator = ',',
     .header = 1,
     .rows = 3,
     .creators = 3,
     .records = "instagram/ann fee=12000 fee_origin=imported currency=EUR "
                "fee_by_format=reel=300|story=40\n"
                "youtube/bob fee=90000 fee_origin=imported currency=USD\n"
                "tiktok/cid fee=25000 fee_origin=imported currency=EUR\n"},
    {.point = 15, .file = "campaign.csv", .refused = "looks like campaign results"},
    {.point = 15, .file = "campaign_by_influencer.csv", .refused = "looks like campaign results"},
    {.point = 15, .file = "orders.csv", .refused = "looks like an order export"},
    {.point = 16,
     .file = "channels.json",
     .rows = 2,
     .creators = 2,
     .followers = 1200,
     .records =
         "youtube/UCaaaaaaaaaaaaaaaaaaaaa1 name=Ann country=DE bio=About followers=1200 posts=70\n"
         "youtube/UCaaaaaaaaaaaaaaaaaaaaa2 name=Bob country=DE bio=About followers=? posts=70\n"},
    {.point = 16,
     .file = "channels_array.json",
     .rows = 4,
     .creators = 3,
     .rejected = 1,
     .followers = 49400,
     .records =
         "youtube/UCaaaaaaaaaaaaaaaaaaaaa1 name=Ann country=DE bio=About followers=1200 posts=70\n"
         "youtube/UCaaaaaaaaaaaaaaaaaaaaa2 name=Bob country=DE bio=About followers=? posts=70\n"
         "youtube/UCaaaaaaaaaaaaaaaaaaaaa3 name=Cid country=DE bio=About followers=48200 "
         "posts=70\n",
     .problems = "rejected 3 '{\"error\":{\"code\":403}}' no list in it\n"},
    {.point = 16,
     .file = "channels_many.jsonl",
     .rows = 3,
     .creators = 3,
     .followers = 49400,
     .records =
         "youtube/UCaaaaaaaaaaaaaaaaaaaaa1 name=Ann country=DE bio=About followers=1200 posts=70\n"
         "youtube/UCaaaaaaaaaaaaaaaaaaaaa2 name=Bob country=DE bio=About followers=? posts=70\n"
         "youtube/UCaaaaaaaaaaaaaaaaaaaaa3 name=Cid country=DE bio=About followers=48200 "
         "posts=70\n"},
    {.point = 16,
     .file = "channels_one.json",
     .rows = 1,
     .creators = 1,
     .followers = 48200,
     .records = "youtube/UCaaaaaaaaaaaaaaaaaaaaa3 name=Cid country=DE bio=About followers=48200 "
                "posts=70\n"},
    {.point = 16,
     .file = "discovery.json",
     .rows = 1,
     .creators = 1,
     .followers = 48200,
     .records = "instagram/tea.room name=Tea Room bio=Tea followers=48200 following=120 posts=310 "
                "likes=75 comments=5 sample=3 window=20 last_post_at=2026-11-01T10:00:00Z\n"},
    {.point = 16,
     .file = "discovery_many.jsonl",
     .rows = 2,
     .creators = 2,
     .followers = 49100,
     .records = "instagram/tea.room name=Tea Room bio=Tea followers=48200 following=120 posts=310 "
                "likes=75 comments=5 sample=3 window=20 last_post_at=2026-11-01T10:00:00Z\n"
                "instagram/no.posts name=No Posts bio=Tea followers=900 following=120 posts=310\n"},
    {.point = 16,
     .file = "instagram_strings.json",
     .rows = 2,
     .creators = 2,
     .followers = 49700,
     .guesses = 2,
     .records = "instagram/ann followers=1500 likes=2.004 er=0.0431 er_basis=followers\n"
                "instagram/bob followers=48200 likes=30.5 er=0.039 er_basis=followers\n"},
    {.point = 16,
     .file = "tiktok_array.json",
     .encoding = ENCODING_UTF8_BOM,
     .rows = 2,
     .creators = 2,
     .followers = 4600,
     .guesses = 1,
     .records =
         "tiktok/ann name=\xF0\x9F\x98\x80 \xC3\xA9 country=? niche=art|beauty followers=1200\n"
         "tiktok/bob followers=3400 likes=2.004\n"},
    {.point = 16,
     .file = "tiktok_lines.jsonl",
     .rows = 4,
     .creators = 2,
     .rejected = 2,
     .followers = 13801327,
     .guesses = 1,
     .records = "tiktok/ann followers=13800123\n"
                "tiktok/bob followers=1204\n",
     .problems = "rejected 4 'not json' unexpected text between elements\n"
                 "rejected 5 '{\"handle\":\"cut\",\"follow' cut off: the file ends inside\n"},
    {.point = 16,
     .file = "tiktok_wrapped.json",
     .rows = 2,
     .creators = 2,
     .followers = 4600,
     .guesses = 1,
     .records = "tiktok/ann name=Ann followers=1200\n"
                "tiktok/bob name=Bob followers=3400\n"},
    {.point = 16,
     .file = "user_info.json",
     .rows = 1,
     .creators = 1,
     .followers = 1200,
     .records = "tiktok/ann.t name=ann.t T url=https://www.tiktok.com/@ann.t?_r=1 bio=Hi "
                "followers=1200 following=12 posts=41\n"},
    {.point = 16,
     .file = "user_info_many.json",
     .rows = 2,
     .creators = 2,
     .followers = 4600,
     .records = "tiktok/ann.t name=ann.t T url=https://www.tiktok.com/@ann.t?_r=1 bio=Hi "
                "followers=1200 following=12 posts=41\n"
                "tiktok/bob.t name=bob.t T url=https://www.tiktok.com/@bob.t?_r=1 bio=Hi "
                "followers=3400 following=12 posts=41\n"},
    {.point = 17,
     .file = "instagram_tiers.csv",
     .separator = ',',
     .header = 1,
     .rows = 5,
     .creators = 5,
     .tiers = 2,
     .followers = 2125500,
     .guesses = 1,
     .records = "instagram/a followers=2000000\n"
                "instagram/b followers=5000\n"
                "instagram/c followers=500\n"
                "instagram/d followers=120000\n"
                "instagram/e followers=?\n",
     .problems = "label 2 Tier 'micro' by its followers it is mega\n"
                 "label 4 Tier 'micro' by its followers it is nano\n"},
    {.point = 18,
     .file = "tiktok_dates.csv",
     .separator = ',',
     .header = 1,
     .rows = 2,
     .creators = 2,
     .followers = 4600,
     .guesses = 2,
     .records = "tiktok/ann followers=1200 audience_at=2026-05-06\n"
                "tiktok/bob followers=3400 audience_at=2026-05-07T09:30:00Z\n"},
    {.point = 18,
     .file = "tiktok_days.csv",
     .separator = ';',
     .header = 1,
     .rows = 2,
     .creators = 2,
     .followers = 4600,
     .guesses = 1,
     .records = "tiktok/ann followers=1200 last_post_at=2026-06-01 audience_at=2026-05-31\n"
                "tiktok/bob followers=3400 last_post_at=2026-05-30 audience_at=2026-06-01\n"},
    {.point = 18,
     .file = "tiktok_2026-09-01.csv",
     .separator = ',',
     .header = 1,
     .rows = 2,
     .creators = 2,
     .followers = 4600,
     .guesses = 1,
     .records =
         "tiktok/ann followers=1200 likes=30 audience_at=2026-09-01 engagement_at=2026-09-01\n"
         "tiktok/bob followers=3400 likes=70 audience_at=2026-09-01 engagement_at=2026-09-01\n"},
    {.point = 18,
     .file = "tiktok_2026-10-01.csv",
     .separator = ',',
     .header = 1,
     .rows = 3,
     .creators = 3,
     .unknown = 1,
     .followers = 4650,
     .guesses = 1,
     .records =
         "tiktok/ann followers=1250 likes=31 audience_at=2026-10-01 engagement_at=2026-10-01\n"
         "tiktok/bob followers=3390 likes=72 audience_at=2026-10-02 engagement_at=2026-10-02\n"
         "tiktok/new followers=10 likes=1 audience_at=2026-10-01 engagement_at=2026-10-01\n",
     .problems = "unknown 4 collected_at '2031-01-01' its date lies in the future\n"},

};
const size_t wild_count = COUNT_OF(wild);
