#include "plain_sample.h"

struct plain_creator plain_of_sample(const struct catalog *catalog, uint32_t row)
{
    struct text fee_origin = catalog_text(catalog, COL_FEE_ORIGIN, row);
    struct text basis = catalog_text(catalog, COL_ER_BASIS, row);
    return (struct plain_creator){
        .platform = platforms[catalog_platform(catalog, row)].word,
        .followers = catalog_number(catalog, COL_FOLLOWERS, row),
        .credibility = catalog_number(catalog, COL_CREDIBILITY, row),
        .audience_market = catalog_number(catalog, COL_AUDIENCE_MARKET, row),
        .likes = catalog_number(catalog, COL_LIKES, row),
        .comments = catalog_number(catalog, COL_COMMENTS, row),
        .shares = catalog_number(catalog, COL_SHARES, row),
        .saves = catalog_number(catalog, COL_SAVES, row),
        .views = catalog_number(catalog, COL_VIEWS, row),
        .reach_post = catalog_number(catalog, COL_REACH_POST, row),
        .er_stated = catalog_number(catalog, COL_ER, row),
        .er_stated_basis = text_is(basis, "views")       ? "views"
                           : text_is(basis, "followers") ? "followers"
                           : text_is(basis, "reach")     ? "reach"
                                                         : "",
        .fee = catalog_number(catalog, COL_FEE, row) / 100,
        .fee_is_estimate = text_is(fee_origin, "estimated"),
    };
}
