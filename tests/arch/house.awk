# Reads C files and prints "file:line: what is wrong" for each breach of the rules of the house.
# The files are named relative to the root of the tree: include/, src/ and tests/.

BEGIN {
    # The floors. An include may point to a lower one; modules on the same one are siblings.
    split("base 0 domain 1 catalog 2 store 2 exchange 2 app 3 ui 4 runtime 5", pair, " ")
    for (i = 1; i in pair; i += 2)
        floor_of[pair[i]] = pair[i + 1]
    top = 6 # src/main.c and the tests that run the whole program

    # The only places that may know a library. Tests may use any as an independent oracle.
    home["sqlite3.h"] = "^src/store/"
    home["yaml.h"] = home["csv.h"] = home["jansson.h"] = "^src/exchange/"
    home["utf8proc.h"] = "^src/base/"
    home["curses.h"] = home["ncurses.h"] = home["term.h"] = "^src/runtime/term[^/]*$"

    # The one place for state that outlives a call: what a signal handler has to reach.
    stateful = "^src/runtime/[^/]*signal[^/]*$"

    # A macro with arguments outside base: the key of a control letter has to be a constant.
    with_macro = "^include/app/key[.]h$"

    # Pure floors take time, environment and files as arguments.
    split("base domain catalog app ui", pair, " ")
    for (i = 1; i in pair; i++)
        pure[pair[i]] = 1
    outside = "(^|[^A-Za-z0-9_])(getenv|setlocale|time|clock|clock_gettime|gettimeofday|localtime" \
        "|localtime_r|fopen|open|opendir|rand|random|srand)[ ]*\\("
    longest = 700
}

FNR == 1 {
    end_of_file()
    file = FILENAME
    lines = 0
    in_comment = 0
    declaration = ""
    parts = split(file, part, "/")
    module = parts > 2 ? part[2] : ""
    # tests/support and the like stand on the top floor, as main.c does.
    level = module in floor_of ? floor_of[module] : top
    in_src = part[1] == "src"
    in_tests = part[1] == "tests"
    if (!in_tests && parts > 2 && !(module in floor_of))
        wrong("module '" module "' stands on no floor")
    if (in_src && file ~ /\.h$/ && file !~ /_internal\.h$/)
        wrong("a private header ends in _internal.h")
}

{
    lines = FNR
    if ($0 ~ /(^|[^A-Za-z])(TODO|FIXME|XXX)([^A-Za-z]|$)/)
        wrong("unfinished work is an issue, not a comment")
    if ($0 ~ /^[ \t]*#[ \t]*include/)
        check_include($0)
    line = without_comments($0)
    if (line ~ /(^|[^A-Za-z0-9_])typedef[ \t]+(struct|union|enum)([^A-Za-z0-9_]|$)/)
        wrong("no typedef for a struct, union or enum")
    if (!in_tests) {
        if (line ~ /^[ \t]*#[ \t]*define[ \t]+[A-Za-z_0-9]+\(/ && module != "base" &&
            file !~ with_macro)
            wrong("no function-like macro outside base")
        if (module in pure && line ~ outside)
            wrong("a pure floor asks neither clock nor environment, files nor chance")
        if (file !~ stateful)
            check_state(line)
    }
}

END {
    end_of_file()
    exit broken
}

function wrong(what)
{
    print file ":" FNR ": " what
    broken = 1
}

function end_of_file()
{
    # The two registries are tables, a few lines a row: they are looked up, not read through.
    if (in_src && file !~ /src\/(app\/commands|domain\/column_rows)\.c$/ && lines > longest) {
        print file ":" lines ": longer than " longest " lines"
        broken = 1
    }
}

function check_include(text,   name, owner, slash)
{
    if (match(text, /[<"][^>"]*[>"]/) == 0)
        return
    name = substr(text, RSTART + 1, RLENGTH - 2)
    if (text ~ /include[ \t]*</) {
        sub(/^.*\//, "", name)
        if (name in home && !in_tests && file !~ home[name])
            wrong("<" name "> does not belong here")
        return
    }
    slash = index(name, "/")
    if (slash == 0)
        return # beside this file
    owner = substr(name, 1, slash - 1)
    if (owner == "..")
        wrong("include \"" name "\" climbs out of its module")
    else if (in_tests && owner == "support")
        return
    else if (!(owner in floor_of))
        wrong("include \"" name "\" names no module")
    else if (name ~ /_internal\.h$/ && !in_tests)
        wrong("include \"" name "\" reaches into another module")
    else if (owner != module && floor_of[owner] == level)
        wrong("include \"" name "\" points sideways")
    else if (floor_of[owner] > level)
        wrong("include \"" name "\" points upwards")
}

# Collects a declaration up to the sign that tells what it is, and judges it there.
function check_state(text,   stop)
{
    if (declaration == "") {
        if (text ~ /^[ \t]*static[ \t]/)
            declaration = text
        else if (text ~ /^[a-z_][A-Za-z0-9_ \t*]*[ \t*][A-Za-z_0-9]+(\[[^\]]*\])*[ \t]*(=|;)/ &&
                 text !~ /^(extern|typedef|return|goto|break|continue)([^A-Za-z0-9_]|$)/ &&
                 text !~ /^(struct|union|enum)[ \t]+[A-Za-z0-9_]+;/)
            declaration = text
        else
            return
    } else
        declaration = declaration " " text
    stop = match(declaration, /[(=;{[]/)
    if (stop == 0)
        return
    if (is_mutable(substr(declaration, 1, stop - 1), substr(declaration, stop)))
        wrong("state that outlives a call")
    declaration = ""
}

function is_mutable(before, after,   pointer)
{
    pointer = before
    if (substr(after, 1, 1) == "(") {
        if (after !~ /^\([ \t]*\*/)
            return 0 # a function
        sub(/\).*$/, "", after)
        pointer = after # to a function
    }
    if (index(pointer, "*"))
        sub(/^.*\*/, "", pointer)
    return pointer !~ /(^|[^A-Za-z0-9_])const([^A-Za-z0-9_]|$)/
}

# The line without comments; strings and characters are emptied.
function without_comments(text,   out, at, rest)
{
    if (!in_comment && text !~ /["'\/]/)
        return text
    out = ""
    while (text != "") {
        if (in_comment) {
            at = index(text, "*/")
            if (at == 0)
                return out
            text = substr(text, at + 2)
            in_comment = 0
        }
        at = match(text, /["']|\/\*|\/\//)
        if (at == 0)
            return out text
        out = out substr(text, 1, at - 1)
        rest = substr(text, at)
        if (substr(rest, 1, 2) == "//")
            return out
        if (substr(rest, 1, 2) == "/*") {
            in_comment = 1
            text = substr(rest, 3)
        } else if (match(rest, /^"([^"\\]|\\.)*"/) || match(rest, /^'([^'\\]|\\.)*'/)) {
            out = out "\"\""
            text = substr(rest, RLENGTH + 1)
        } else
            return out
    }
    return out
}
