#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "program.h"

/* Pages as a browser shows them: a real one measures what a person would see. */

static const char hostile[] =
    "platform,handle,name,followers,likes,comments,fee,currency,niche\n"
    "instagram,ann,\"<script>document.title='taken'</script>\",48200,1900,120,,EUR,beauty\n"
    "tiktok,bob,\"</title><img src=x onerror=alert(1)>\",30500,2500,90,350,EUR,\"<b>|art\"\n"
    "instagram,"
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,"
    "Pneumonoultramicroscopicsilicovolcanoconiosispneumonoultramicroscopicsilicovolcano,"
    "912000,30500,800,1900,EUR,beauty\n"
    "youtube,\xe7\xbe\x8e\xe5\xae\xb9,\"\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7 \xe2\x80\xae"
    "evil\",1200,,,99999,EUR,beauty\n";

static const char *page(void)
{
    return at_home("page.html");
}

static int make_pages(void **state)
{
    home_make(state);
    write_file(at_home("wild.csv"), hostile);
    run_expect(0, NULL, "import", at_home("wild.csv"), "--date", "2026-05-01", "--store",
               at_home("wild.db"), NULL);
    run_expect(0, hostile, "import", "-", "--date", "2026-11-01", "--store", at_home("wild.db"),
               NULL);
    run_expect(0, NULL, "plan", "add", "ann", "bob", "--posts", "2", "--store", at_home("wild.db"),
               NULL);
    run_expect(
        0, NULL, "export", page(), "--store", at_home("wild.db"), "--compare",
        "ann,bob,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "aaaaaa",
        "--columns", "handle,name,niche,followers,er,fee,cost,profit,roi,roi_p10,roi_p90",
        "--title", "Autumn <3 \"quoted\" & 'more'", NULL);
    return 0;
}

/* ---- The browser ---- */

static char *browse(const char *path, int width, bool dark)
{
    char command[2048];
    snprintf(
        command, sizeof command,
        BROWSER
        " --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage "
        "--hide-scrollbars --allow-file-access-from-files --blink-settings=preferredColorScheme=%d "
        "--user-data-dir='%s' --window-size=%d,800 --dump-dom 'file://%s' "
        "2>/dev/null >'%s'",
        dark ? 0 : 1, at_home("browser"), width, path, at_home("dom"));
    int status = system(command);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail_msg("the browser failed: %s", command);
    return read_file(at_home("dom"), NULL);
}

/* Runs in a copy of the page only: pages of ours have no scripts, and forbid any. */
static const char measure[] =
    "<script>\n"
    "const width=innerWidth,wide=[],faint=[];\n"
    "const parse=c=>{const m=c.match(/[\\d.]+/g).map(Number);return m.length>3&&m[3]==0?null:m};\n"
    "const lum=c=>{const f=c.slice(0,3).map(v=>{v/=255;return v<=.04045?v/12.92:"
    "((v+.055)/1.055)**2.4});return .2126*f[0]+.7152*f[1]+.0722*f[2]};\n"
    "const behind=e=>{for(;e;e=e.parentElement){const c=parse(getComputedStyle(e)."
    "backgroundColor);if(c)return c}return [255,255,255]};\n"
    "for(const e of document.querySelectorAll('main *')){\n"
    " if(e.closest('svg')&&e.tagName!='svg')continue;\n"
    " const r=e.getBoundingClientRect(),inner=e.parentElement.closest('.scroll');\n"
    " if(!inner&&(r.right>width+.5||r.left<-.5))wide.push(e.tagName+'.'+e.className);\n"
    " if(inner&&inner.querySelector('.fold')&&(r.right>width+.5))wide.push('in '+e.tagName);\n"
    " if((e.tagName=='TD'||e.tagName=='TH')&&e.scrollWidth>e.clientWidth+1)"
    "wide.push('cell '+e.textContent);\n"
    " if([...e.childNodes].some(n=>n.nodeType==3&&n.data.trim())){\n"
    "  const a=lum(parse(getComputedStyle(e).color)),b=lum(behind(e));\n"
    "  if((Math.max(a,b)+.05)/(Math.min(a,b)+.05)<4.5)faint.push(e.tagName+' '+e.textContent)}\n"
    "}\n"
    "parent.document.getElementById('seen').textContent=encodeURIComponent(JSON.stringify({width,"
    "scroll:document.documentElement.scrollWidth,wide,faint,title:document.title,"
    "scripts:document.scripts.length,images:document.images.length,"
    "bold:[...document.querySelectorAll('td b')].length,"
    "svgs:document.querySelectorAll('svg').length,lines:document.querySelectorAll('polyline')."
    "length,"
    "sections:[...document.querySelectorAll('section')].map(s=>s.id).join(' '),"
    "background:getComputedStyle(document.body).backgroundColor}))\n"
    "</script></main>";

/* A copy of the page that measures itself. */
static const char *measured_copy(void)
{
    const char *copy = at_home("measured.html");
    char *bytes = read_file(page(), NULL);
    char *policy = strstr(bytes, "<meta http-equiv"), *end = strstr(bytes, "</main>");
    assert_non_null(policy);
    assert_non_null(end);
    size_t length = strlen(bytes) + sizeof measure;
    char *made = malloc(length);
    const char *after = strchr(policy, '>') + 1;
    snprintf(made, length, "%.*s%.*s%s%s", (int)(policy - bytes), bytes, (int)(end - after), after,
             measure, end + strlen("</main>"));
    write_file(copy, made);
    free(made);
    free(bytes);
    return copy;
}

/* A window cannot be as narrow as a phone, but a frame can. */
static const char *framed(const char *path, int width)
{
    const char *frame = at_home("frame.html");
    char bytes[1024];
    snprintf(bytes, sizeof bytes,
             "<!DOCTYPE html><pre id=seen></pre><iframe style='width:%dpx;height:800px;border:0' "
             "src='file://%s'></iframe>",
             width, path);
    write_file(frame, bytes);
    return frame;
}

static void undo_percents(char *text)
{
    char *to = text;
    for (unsigned code; *text; *to++ = *text++)
        if (*text == '%' && sscanf(text + 1, "%2x", &code) == 1) {
            text += 2;
            *text = (char)code;
        }
    *to = '\0';
}

static json_t *look(int width, bool dark)
{
    static const char before[] = "<pre id=\"seen\">";
    char *dom = browse(framed(measured_copy(), width), 1400, dark), *from = strstr(dom, before);
    assert_non_null(from);
    from += strlen(before);
    *strstr(from, "</pre>") = '\0';
    undo_percents(from);
    json_t *seen = json_loads(from, 0, NULL);
    if (!seen)
        fail_msg("no measures: '%s'", from);
    free(dom);
    return seen;
}

static void assert_none(const json_t *list, const char *what, int width, bool dark)
{
    if (json_array_size(list) > 0) {
        char *found = json_dumps(list, 0);
        fail_msg("%s at %d, %s: %s", what, width, dark ? "dark" : "light", found);
    }
}

/* ---- What is seen ---- */

static void nothing_is_wider_than_the_screen(void **state)
{
    (void)state;
    static const int widths[] = {390, 768, 1280};
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++)
        for (int dark = 0; dark < 2; dark++) {
            json_t *seen = look(widths[i], dark);
            assert_int_equal(json_integer_value(json_object_get(seen, "width")), widths[i]);
            assert_int_equal(json_integer_value(json_object_get(seen, "scroll")), widths[i]);
            assert_none(json_object_get(seen, "wide"), "too wide", widths[i], dark);
            assert_none(json_object_get(seen, "faint"), "hard to read", widths[i], dark);
            assert_string_equal(json_string_value(json_object_get(seen, "background")),
                                dark ? "rgb(20, 24, 31)" : "rgb(251, 251, 248)");
            json_decref(seen);
        }
}

static void all_of_it_is_there_and_nothing_else(void **state)
{
    (void)state;
    json_t *seen = look(1280, false);
    assert_string_equal(json_string_value(json_object_get(seen, "title")),
                        "Autumn <3 \"quoted\" & 'more'");
    assert_string_equal(json_string_value(json_object_get(seen, "sections")),
                        "plan elsewhere comparison history list assumptions");
    assert_int_equal(json_integer_value(json_object_get(seen, "scripts")), 1); /* the test's */
    assert_int_equal(json_integer_value(json_object_get(seen, "images")), 0);
    assert_int_equal(json_integer_value(json_object_get(seen, "lines")), 3);
    assert_true(json_integer_value(json_object_get(seen, "svgs")) > 30);
    json_decref(seen);
}

/* Nothing from elsewhere, and its own policy forbids it. */
static void the_page_stands_alone(void **state)
{
    (void)state;
    static const char *const never[] = {
        "<script", "<link", "<img",    "<iframe",           "http:",
        "https:",  "url(",  "@import", "onerror=alert(1)>", "javascript:"};
    char *bytes = read_file(page(), NULL);
    for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
        if (strstr(bytes, never[i]) && strcmp(never[i], "onerror=alert(1)>") != 0)
            fail_msg("the page holds %s", never[i]);
    assert_says(bytes, "default-src 'none'");
    assert_says(bytes, "&lt;script&gt;document.title=&#39;taken&#39;&lt;/script&gt;");
    assert_says(bytes, "onerror=alert(1)&gt;");
    assert_null(strstr(bytes, "\xe2\x80\xae"));
    assert_says(bytes, "prefers-color-scheme:dark");
    assert_says(bytes, "@media print");
    free(bytes);
}

static void it_prints(void **state)
{
    (void)state;
    char command[1024];
    snprintf(command, sizeof command,
             BROWSER " --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage "
                     "--user-data-dir='%s' --no-pdf-header-footer --print-to-pdf='%s' 'file://%s' "
                     ">/dev/null 2>&1",
             at_home("browser"), at_home("page.pdf"), page());
    assert_int_equal(system(command), 0);
    size_t length;
    char *bytes = read_file(at_home("page.pdf"), &length);
    assert_non_null(bytes);
    assert_int_equal(strncmp(bytes, "%PDF-", 5), 0);
    assert_true(length > 10000);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_wider_than_the_screen),
        cmocka_unit_test(all_of_it_is_there_and_nothing_else),
        cmocka_unit_test(the_page_stands_alone),
        cmocka_unit_test(it_prints),
    };
    return cmocka_run_group_tests(tests, make_pages, home_remove);
}
