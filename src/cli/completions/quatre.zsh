#compdef quatre
# Completion of quatre for zsh: source <(quatre completions zsh), or a file _quatre in $fpath
_quatre() {
    local command='' word
    for word in "${(@)words[2,CURRENT-1]}"; do
        if [[ $word != -* ]]; then
            command=$word
            break
        fi
    done
    local -a all valued plain
    all=("${(@f)$(quatre completions words "$command" 2>/dev/null)}")
    valued=("${(@M)all:#*=}")
    plain=("${(@)all:#*=}")
    compadd -M 'm:{a-zA-Z}={A-Za-z}' -a plain
    compadd -S '' -a valued
    case $command in
        '' | run | check | fmt | test | repl | serve | bench)
            _files -g '*.(4dm|4DProject|md)(-.)' ;;
    esac
}
if [[ $funcstack[1] == _quatre ]]; then
    _quatre "$@"
else
    compdef _quatre quatre
fi
