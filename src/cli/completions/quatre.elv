# Completion of quatre for elvish: eval (quatre completions elvish | slurp)
use str
set edit:completion:arg-completer[quatre] = {|@words|
    var command = ''
    for word $words[1..-1] {
        if (and (eq $command '') (not (str:has-prefix $word '-'))) {
            set command = $word
        }
    }
    quatre completions words $command | from-lines
    if (or (eq $command '') (has-value [run check fmt test repl serve bench] $command)) {
        edit:complete-filename $words[-1]
    }
}
