#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/tier.h"

static const char *word_of(const char *preset, double followers)
{
    const struct tier_preset *row = tier_find(NULL, text_of(preset));
    assert_non_null(row);
    int band = tier_of(row, followers);
    return band == TIER_NONE ? "none" : row->bands[band].word;
}

static void bands_are_half_open(void **state)
{
    (void)state;
    static const struct {
        const char *preset;
        double followers;
        const char *word;
    } cases[] = {
        {"textbook", 0, "nano"},
        {"textbook", 999, "nano"},
        {"textbook", 1000, "micro"},
        {"textbook", 99999, "micro"},
        {"textbook", 100000, "macro"},
        {"textbook", 999999, "macro"},
        {"textbook", 1000000, "mega"},
        {"textbook", 663e6, "mega"},
        {"hootsuite", 999, "none"},
        {"hootsuite", 1000, "nano"},
        {"hootsuite", 9999, "nano"},
        {"hootsuite", 10000, "micro"},
        {"hootsuite", 49999, "micro"},
        {"hootsuite", 50000, "mid"},
        {"hootsuite", 500000, "macro"},
        {"hootsuite", 1000000, "mega"},
        {"later", 1, "nano"},
        {"later", 9999, "nano"},
        {"later", 10000, "micro"},
        {"later", 100000, "mid"},
        {"later", 500000, "macro"},
        {"later", 1000000, "mega"},
        {"hypeauditor", 999, "none"},
        {"hypeauditor", 1000, "nano"},
        {"hypeauditor", 5000, "micro"},
        {"hypeauditor", 20000, "mid"},
        {"hypeauditor", 99999, "mid"},
        {"hypeauditor", 100000, "macro"},
        {"hypeauditor", 1000000, "mega"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(word_of(cases[i].preset, cases[i].followers), cases[i].word);
}

static void unknown_followers_have_no_tier(void **state)
{
    (void)state;
    for (int i = 0; i < tier_preset_count; i++) {
        assert_int_equal(tier_of(&tier_presets[i], NAN), TIER_NONE);
        assert_int_equal(tier_of(&tier_presets[i], -1), TIER_NONE);
    }
}

static void presets_are_sound(void **state)
{
    (void)state;
    assert_int_equal(tier_preset_count, 4);
    assert_string_equal(tier_presets[0].name, "textbook");
    for (int i = 0; i < tier_preset_count; i++) {
        const struct tier_preset *preset = &tier_presets[i];
        assert_true(strlen(preset->source) > 0);
        assert_in_range(preset->count, 1, TIER_MOST);
        for (int b = 0; b < preset->count; b++) {
            assert_true(b == 0 || preset->bands[b].from > preset->bands[b - 1].from);
            assert_int_equal(tier_from_word(preset, text_of(preset->bands[b].word)), b);
        }
    }
}

static void words_ignore_case(void **state)
{
    (void)state;
    assert_ptr_equal(tier_find(NULL, TEXT("Later")), &tier_presets[2]);
    assert_null(tier_find(NULL, TEXT("late")));
    assert_null(tier_find(NULL, (struct text){0}));
    assert_int_equal(tier_from_word(&tier_presets[0], TEXT("MICRO")), 1);
    assert_int_equal(tier_from_word(&tier_presets[0], TEXT("mid")), TIER_NONE);
    assert_int_equal(tier_from_word(&tier_presets[0], TEXT("")), TIER_NONE);
}

static void own_presets_come_after_those_of_the_program(void **state)
{
    static const struct tier_own own = {
        {{.name = "house", .count = 2, .bands = {{"small", 10}, {"large", 20}}}}, 1};
    (void)state;
    assert_int_equal(tier_choices(NULL), tier_preset_count);
    assert_int_equal(tier_choices(&own), tier_preset_count + 1);
    assert_ptr_equal(tier_choice(&own, 1), &tier_presets[1]);
    assert_ptr_equal(tier_choice(&own, tier_preset_count), &own.items[0]);
    assert_ptr_equal(tier_find(&own, TEXT("HOUSE")), &own.items[0]);
    assert_ptr_equal(tier_find(&own, TEXT("later")), &tier_presets[2]);
    assert_null(tier_find(NULL, TEXT("house")));
    assert_int_equal(tier_of(&own.items[0], 9), TIER_NONE);
    assert_int_equal(tier_of(&own.items[0], 20), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_presets_come_after_those_of_the_program),
        cmocka_unit_test(bands_are_half_open),
        cmocka_unit_test(unknown_followers_have_no_tier),
        cmocka_unit_test(presets_are_sound),
        cmocka_unit_test(words_ignore_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
