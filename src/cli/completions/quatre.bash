# Completion of quatre for bash: source <(quatre completions bash)
_quatre() {
    local current=${COMP_WORDS[COMP_CWORD]} command='' word
    local IFS=$'\n'
    # Bash cuts words at `=`; the command is the first word that is no option.
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $word in
            -* | =) ;;
            *) command=$word; break ;;
        esac
    done
    local words
    words=$(quatre completions words "$command" 2>/dev/null)
    COMPREPLY=()
    while read -r word; do
        if [[ ${word,,} == "${current,,}"* ]]; then
            case $word in
                *=) COMPREPLY+=("$word"); compopt -o nospace ;;
                *) COMPREPLY+=("$(printf %q "$word")") ;;
            esac
        fi
    done <<< "$words"
    case $command in
        '' | run | check | fmt | test | repl | serve | bench)
            local file
            while read -r file; do
                [[ -z $file ]] && continue
                if [[ -d $file ]]; then
                    COMPREPLY+=("$(printf %q "$file")/"); compopt -o nospace
                elif [[ $file == *.4dm || $file == *.4DProject || $file == *.md ]]; then
                    COMPREPLY+=("$(printf %q "$file")")
                fi
            done <<< "$(compgen -f -- "$current")" ;;
    esac
}
complete -F _quatre quatre
