# Completion of quatre for fish: quatre completions fish | source
function __quatre_words
    set -l command ''
    for word in (commandline -opc)[2..]
        if not string match -q -- '-*' $word
            set command $word
            break
        end
    end
    quatre completions words "$command" 2>/dev/null
end
function __quatre_takes_files
    set -l words (string match -v -- '-*' (commandline -opc)[2..])
    test (count $words) -eq 0; or contains -- $words[1] run check fmt test repl serve bench
end
complete -c quatre -f
complete -c quatre -a '(__quatre_words)'
complete -c quatre -n __quatre_takes_files -k -a '(__fish_complete_suffix .4dm)'
