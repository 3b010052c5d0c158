# Completion for bash. The branches are made from the tables of the program.

_microscope_table()
{
    case $1 in
@BRANCHES_SH@
    esac
}

# Words of a kind, one a line, each with its meaning behind a tab.
_microscope_words()
{
    case $1 in
    '='*) printf '%s\n' ${1#=} ;;
    themes) "$program" themes --format tsv 2>/dev/null | sed 1d ;;
    scenarios)
        "$program" scenario list --format tsv ${store:+--store "$store"} 2>/dev/null | sed 1d ;;
    views)
        "$program" views list --format tsv ${store:+--store "$store"} 2>/dev/null | sed 1d ;;
    options)
        _microscope_table options
        _microscope_table "options:$verb$action" ;;
    *) _microscope_table "$1" ;;
    esac
}

_microscope()
{
    local line=${COMP_LINE:0:COMP_POINT} current= kind= prefix= verb= action= expects= store= word rest
    local -i place=0
    local -a words=() kinds=()
    COMPREPLY=()
    read -ra words <<<"$line"
    if [[ $line != *[[:blank:]] ]]; then
        current=${words[-1]}
        unset 'words[-1]'
    fi
    local program=${words[0]-}
    [[ $program ]] || return 0

    for word in "${words[@]:1}"; do
        if [[ $expects ]]; then
            [[ $expects == store ]] && store=$word
            expects=
        elif [[ $word == --store=* ]]; then
            store=${word#*=}
        elif [[ $word == --* ]]; then
            [[ $word != *=* && $(_microscope_table "value:${word#--}") ]] && expects=${word#--}
        elif [[ -z $verb ]]; then
            verb=$word
        elif [[ -z $action && $(_microscope_table "actions:$verb") ]]; then
            action=:$word
        else
            place+=1
        fi
    done

    if [[ $expects ]]; then
        kind=$(_microscope_table "value:$expects")
    elif [[ $current == --*=* ]]; then
        prefix=${current%%=*}=
        kind=$(_microscope_table "value:${prefix:2:-1}")
        current=${current#*=}
    elif [[ $current == --* || $current == - ]]; then
        kind=options
    elif [[ -z $verb ]]; then
        kind=verbs
    elif [[ -z $action && $(_microscope_table "actions:$verb") ]]; then
        kind=actions:$verb
    else
        read -ra kinds <<<"$(_microscope_table "place:$verb$action")"
        if ((place < ${#kinds[@]})); then
            kind=${kinds[place]%+}
        elif [[ ${kinds[*]} == *+ ]]; then
            kind=${kinds[-1]%+}
        fi
    fi

    if [[ $kind == *, ]]; then # a list with commas
        kind=${kind%,}
        prefix+=${current%"${current##*,}"}
        current=${current##*,}
    fi
    if [[ $kind == filters || $kind == order ]] && [[ $current == -* ]]; then
        prefix+=-
        current=${current#-}
    fi
    [[ $kind == order ]] && kind=columns
    if [[ $kind == filters && $current == *:* ]]; then
        kind=filter:${current%%:*}
        prefix+=${current%"${current##*[:,]}"}
        current=${current##*[:,]}
    elif [[ $kind == knobs && $current == *=* ]]; then
        kind=knob:${current%%=*}
        prefix+=${current%%=*}=
        current=${current#*=}
    fi

    if [[ $kind != files ]]; then
        while IFS=$'\t' read -r word rest; do
            [[ $word && $word == "$current"* ]] && COMPREPLY+=("$prefix$word")
        done < <(_microscope_words "$kind")
    fi
    if [[ $kind == files ]] || [[ $kind == verbs && ${#COMPREPLY[@]} == 0 ]]; then
        compopt -o filenames 2>/dev/null
        while IFS= read -r word; do
            COMPREPLY+=("$prefix$word")
        done < <(compgen -f -- "$current")
    fi

    # bash replaces what stands behind the last of its word breaks
    local typed=$prefix$current head=
    [[ $typed == *[:=]* && $COMP_WORDBREAKS == *:* ]] && head=${typed%"${typed##*[:=]}"}
    for word in "${!COMPREPLY[@]}"; do
        [[ ${COMPREPLY[word]} == *[:=] ]] && compopt -o nospace 2>/dev/null
        COMPREPLY[word]=${COMPREPLY[word]#"$head"}
        [[ ${COMPREPLY[word]} == *[[:blank:]]* && $kind != files ]] &&
            printf -v "COMPREPLY[$word]" %q "${COMPREPLY[word]}"
    done
    return 0
}

complete -F _microscope microscope
