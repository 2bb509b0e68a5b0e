# Completion of quatre for PowerShell: quatre completions powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName quatre -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $typed = $commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" }
    $command = $typed | Where-Object { $_ -notlike '-*' -and $_ -ne $wordToComplete } | Select-Object -First 1
    $found = quatre completions words "$command" 2>$null | Where-Object { $_ -like "$wordToComplete*" }
    if (-not $command -or $command -in 'run', 'check', 'fmt', 'test', 'repl', 'serve', 'bench') {
        $found = @($found) + @(Get-ChildItem -Name -Path "$wordToComplete*" -Include *.4dm, *.4DProject)
    }
    $found | Where-Object { $_ } | ForEach-Object {
        $text = if ($_ -match '\s') { "'$_'" } else { $_ }
        [System.Management.Automation.CompletionResult]::new($text, $_, 'ParameterValue', $_)
    }
}
