using System.Management.Automation.Language;

namespace ComposeLab.Feedback;

/// <summary>A command of docker and the cmdlet that does the same.</summary>
/// <param name="Command">The words of the command after <c>docker</c>, such as <c>compose logs</c>.</param>
/// <param name="Cmdlet">The cmdlet.</param>
/// <param name="Options">Its options. A command with another one has no counterpart.</param>
/// <param name="Complete">Completes the call with what the words mean; returns false if the cmdlet cannot do the same. Null: the words are services.</param>
/// <param name="IsForProgram">Whether everything after the first word is passed on to a program.</param>
/// <param name="Selects">Whether the cmdlet has the parameters that select a project.</param>
/// <param name="Changes">Whether it changes something, so that it has -WhatIf.</param>
internal sealed record DockerHabit(
    string Command, string Cmdlet, IReadOnlyList<DockerOption> Options, Func<CmdletCall, bool>? Complete = null, bool IsForProgram = false, bool Selects = true, bool Changes = false)
{
    private const int MostSuggestions = 3;

    private static readonly DockerOption[] Engine = [DockerOption.Value("-c --context -H --host", "Context"), DockerOption.IgnoredValue("-l --log-level"), DockerOption.Ignored("-D --debug")];

    private static readonly DockerOption[] Project =
    [
        DockerOption.List("-f --file", "File"), DockerOption.Value("-p --project-name", "ProjectName"), DockerOption.List("--profile", "ComposeProfile"),
        DockerOption.List("--env-file", "EnvFile"), DockerOption.Value("--project-directory", "ProjectDirectory"), DockerOption.IgnoredValue("--ansi --progress --parallel"),
    ];

    private static readonly DockerOption DryRun = DockerOption.On("--dry-run", "WhatIf");

    /// <summary>Finds the calls of cmdlets for a line that is typed.</summary>
    /// <param name="line">The parsed line.</param>
    /// <returns>The call that does the same as a command of docker; if the command is not complete, calls for the commands that begin like this. Empty if there are none.</returns>
    public static IReadOnlyList<string> Suggest(Ast? line)
    {
        if (CommandLineWords.Read(line) is not { } words)
        {
            return [];
        }

        if (Map(words) is { } call)
        {
            return [call];
        }

        return words is [{ Value: { } group }, { Value: { } start }]
            ? [.. DockerHabits.Starting($"{group} {start}").Select(habit => Map([.. habit.Command.Split(' ').Select(Word.Of)])).OfType<string>().Take(MostSuggestions)]
            : [];
    }

    /// <summary>Finds the call of a cmdlet that does the same as a command of docker.</summary>
    /// <param name="words">The words after <c>docker</c>.</param>
    /// <returns>The call; null if there is none, or if it would mean something else.</returns>
    public static string? Map(IReadOnlyList<Word> words)
    {
        var call = new CmdletCall();
        int at = 0;
        if (!TakeOptions(call, words, ref at, Engine, untilWord: true) || at == words.Count)
        {
            return null;
        }

        string group = words[at++].Value ?? "";
        IReadOnlyList<DockerOption> before = [];
        if (group == "compose")
        {
            before = [.. Project, DryRun];
            if (!TakeOptions(call, words, ref at, before, untilWord: true))
            {
                return null;
            }
        }

        if (at == words.Count || DockerHabits.Find($"{group} {words[at++].Value}") is not { } habit)
        {
            return null;
        }

        return habit.Finish(call, words, at);
    }

    private string? Finish(CmdletCall call, IReadOnlyList<Word> words, int at)
    {
        bool isOtherProject = !Selects && call.Sets([.. Project.Select(option => option.Parameter)]);
        if (isOtherProject || !TakeOptions(call, words, ref at, [.. Options, DryRun], untilWord: IsForProgram))
        {
            return null;
        }

        if (IsForProgram)
        {
            if (at == words.Count)
            {
                return null;
            }

            call.Words.Add(words[at++]);
            call.PassedOn.AddRange(words.Skip(at));
        }

        call.Cmdlet = Cmdlet;
        bool fits = (Changes || !call.Sets("WhatIf"))
            // A variable can contain several words, or an option.
            && call.Words.All(word => word.Value is { Length: > 0 } text && !text.Contains(',', StringComparison.Ordinal))
            && (Complete is null || Complete(call));
        return fits ? call.Text() : null;
    }

    // Options end at -- or, if the rest belongs to a program or a command, at the first word.
    private static bool TakeOptions(CmdletCall call, IReadOnlyList<Word> words, ref int at, IReadOnlyList<DockerOption> options, bool untilWord)
    {
        while (at < words.Count)
        {
            Word word = words[at];
            if (word.Value is not { } text || text.Length < 2 || text[0] != '-')
            {
                if (untilWord)
                {
                    return true;
                }

                call.Words.Add(word);
                at++;
                continue;
            }

            at++;
            if (text == "--")
            {
                if (!untilWord)
                {
                    call.Words.AddRange(words.Skip(at));
                    at = words.Count;
                }

                return true;
            }

            if (!TakeOption(call, text, words, ref at, options))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TakeOption(CmdletCall call, string text, IReadOnlyList<Word> words, ref int at, IReadOnlyList<DockerOption> options)
    {
        int sign = text.IndexOf('=', StringComparison.Ordinal);
        string name = sign < 0 ? text : text[..sign];
        string? attached = sign < 0 ? null : text[(sign + 1)..];
        if (Named(options, name) is { } option)
        {
            if (!option.HasValue)
            {
                // --build=false is the same as nothing, but for a default that is on.
                return attached is null or "true" && call.Take(option, name, null);
            }

            return attached is not null ? call.Take(option, name, Word.Of(attached)) : at < words.Count && call.Take(option, name, words[at++]);
        }

        return text[1] != '-' && TakeLetters(call, text, words, ref at, options);
    }

    // Options of one letter can be written together, such as -it, and their value without a blank, such as -n50.
    private static bool TakeLetters(CmdletCall call, string text, IReadOnlyList<Word> words, ref int at, IReadOnlyList<DockerOption> options)
    {
        for (int letter = 1; letter < text.Length; letter++)
        {
            if (Named(options, $"-{text[letter]}") is not { } option)
            {
                return false;
            }

            if (option.HasValue)
            {
                string rest = text[(letter + 1)..];
                return rest.Length > 0
                    ? call.Take(option, $"-{text[letter]}", Word.Of(rest[0] == '=' ? rest[1..] : rest))
                    : at < words.Count && call.Take(option, $"-{text[letter]}", words[at++]);
            }

            if (!call.Take(option, $"-{text[letter]}", null))
            {
                return false;
            }
        }

        return true;
    }

    private static DockerOption? Named(IReadOnlyList<DockerOption> options, string name)
    {
        foreach (DockerOption option in options)
        {
            if (option.Names.Contains(name))
            {
                return option;
            }
        }

        return null;
    }
}
