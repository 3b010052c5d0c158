# Completion for fish. The branches are made from the tables of the program.

function __microscope_table
    switch $argv[1]
@BRANCHES_FISH@
    end
end

# Words of a kind, one a line, each with its meaning behind a tab: KIND PROGRAM VERB ACTION STORE
function __microscope_words
    switch $argv[1]
        case '=*'
            string split ' ' -- (string sub -s 2 -- $argv[1])
        case themes
            $argv[2] themes --format tsv 2>/dev/null | sed 1d | cut -f 1,2
        case scenarios
            set -l where
            test -n "$argv[5]"; and set where --store $argv[5]
            $argv[2] scenario list --format tsv $where 2>/dev/null | sed 1d | cut -f 1
        case views
            set -l where
            test -n "$argv[5]"; and set where --store $argv[5]
            $argv[2] views list --format tsv $where 2>/dev/null | sed 1d | cut -f 1
        case options
            __microscope_table options
            __microscope_table "options:$argv[3]$argv[4]"
        case '*'
            __microscope_table $argv[1]
    end
end

function __microscope
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l program $words[1]
    set -l verb ''
    set -l action ''
    set -l expects ''
    set -l store ''
    set -l kind ''
    set -l prefix ''
    set -l place 1

    for word in $words[2..-1]
        if test -n "$expects"
            test $expects = store; and set store $word
            set expects ''
        else if string match -q -- '--store=*' $word
            set store (string replace -- '--store=' '' $word)
        else if string match -q -- '--*=*' $word
            continue
        else if string match -q -- '--*' $word
            set -l option (string sub -s 3 -- $word)
            test -n "$(__microscope_table value:$option)"; and set expects $option
        else if test -z "$verb"
            set verb $word
        else if test -z "$action"; and test -n "$(__microscope_table actions:$verb)"
            set action ":$word"
        else
            set place (math $place + 1)
        end
    end

    if test -n "$expects"
        set kind (__microscope_table value:$expects)
    else if string match -q -- '--*=*' $current
        set -l halves (string split -m 1 = -- $current)
        set prefix "$halves[1]="
        set current $halves[2]
        set kind (__microscope_table value:(string sub -s 3 -- $halves[1]))
    else if test "$current" = -; or string match -q -- '--*' $current
        set kind options
    else if test -z "$verb"
        set kind verbs
    else if test -z "$action"; and test -n "$(__microscope_table actions:$verb)"
        set kind "actions:$verb"
    else
        set -l kinds (string split -n ' ' -- (__microscope_table "place:$verb$action"))
        if test $place -le (count $kinds)
            set kind (string trim -r -c + -- $kinds[$place])
        else if string match -q -- '*+' "$kinds"
            set kind (string trim -r -c + -- $kinds[-1])
        end
    end

    if string match -q -- '*,' "$kind" # a list with commas
        set kind (string trim -r -c , -- $kind)
        set prefix $prefix(string replace -r -- '[^,]*$' '' $current)
        set current (string replace -r -- '.*,' '' $current)
    end
    if contains -- "$kind" filters order; and string match -q -- '-*' $current
        set prefix $prefix-
        set current (string sub -s 2 -- $current)
    end
    test "$kind" = order; and set kind columns
    if test "$kind" = filters; and string match -q -- '*:*' $current
        set kind filter:(string split -m 1 : -- $current)[1]
        set prefix $prefix(string replace -r -- '[^:,]*$' '' $current)
        set current (string replace -r -- '.*[:,]' '' $current)
    else if test "$kind" = knobs; and string match -q -- '*=*' $current
        set -l halves (string split -m 1 = -- $current)
        set kind knob:$halves[1]
        set prefix "$prefix$halves[1]="
        set current $halves[2]
    end

    set -l found
    if test "$kind" != files
        set -l length (string length -- "$current")
        for word in (__microscope_words "$kind" $program "$verb" "$action" "$store")
            test "$(string sub -l $length -- $word)" = "$current"; and set -a found $word
        end
    end
    if test "$kind" = files; or test "$kind" = verbs -a (count $found) -eq 0
        set found (__fish_complete_path $current)
    end
    for word in $found
        printf '%s\n' $prefix$word
    end
end

complete -c microscope -f -a '(__microscope)'
