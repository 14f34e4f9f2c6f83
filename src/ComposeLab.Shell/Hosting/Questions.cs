using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace ComposeLab.Shell.Hosting;

/// <summary>Asks the person at the terminal, or reads the answers from redirected input.</summary>
/// <param name="terminal">Where the questions appear.</param>
internal sealed class Questions(Terminal terminal)
{
    /// <summary>Reads one line.</summary>
    /// <exception cref="HostException">The input has ended, so nobody can answer.</exception>
    public string ReadLine()
    {
        terminal.Write("");
        return Console.ReadLine()
            ?? throw new HostException("Expected an answer, but the input has ended. Give the value as a parameter, or -Confirm:$false.");
    }

    /// <summary>Reads one line without showing it.</summary>
    public SecureString ReadSecret()
    {
        var secret = new SecureString();
        if (Console.IsInputRedirected)
        {
            foreach (var character in ReadLine())
            {
                secret.AppendChar(character);
            }

            return secret;
        }

        for (var key = Console.ReadKey(true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(true))
        {
            if (key.Key != ConsoleKey.Backspace)
            {
                secret.AppendChar(key.KeyChar);
            }
            else if (secret.Length > 0)
            {
                secret.RemoveAt(secret.Length - 1);
            }
        }

        terminal.Write("\n");
        return secret;
    }

    /// <summary>Asks for one value after the other, as for missing mandatory parameters.</summary>
    /// <param name="caption">What is asked about.</param>
    /// <param name="message">What to do.</param>
    /// <param name="fields">The values to ask for.</param>
    public Dictionary<string, PSObject> AskFields(string caption, string message, Collection<FieldDescription> fields)
    {
        Head(caption, message);
        var answers = new Dictionary<string, PSObject>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in fields)
        {
            terminal.Write($"{field.Name}: ");
            answers[field.Name] = field.ParameterTypeFullName == typeof(SecureString).FullName
                ? PSObject.AsPSObject(ReadSecret())
                : PSObject.AsPSObject(ReadLine());
        }

        return answers;
    }

    /// <summary>Asks for one of several choices.</summary>
    /// <param name="caption">What is asked about.</param>
    /// <param name="message">The question.</param>
    /// <param name="choices">The choices; the letter behind <c>&amp;</c> is the key.</param>
    /// <param name="defaultChoice">The choice of an empty answer; negative for none.</param>
    /// <returns>The index of the choice.</returns>
    public int AskChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Head(caption, message);
        while (true)
        {
            var keys = string.Join("  ", choices.Select(choice => $"[{Key(choice)}] {Text(choice)}"));
            var preset = defaultChoice >= 0 ? $" (default is \"{Key(choices[defaultChoice])}\")" : "";
            terminal.Write($"{keys}  [?] Help{preset}: ");
            var answer = ReadLine().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            if (answer == "?")
            {
                foreach (var choice in choices)
                {
                    terminal.Write($"{Key(choice)} - {choice.HelpMessage}\n");
                }
            }

            var found = choices.ToList().FindIndex(choice => Same(answer, Key(choice)) || Same(answer, Text(choice)));
            if (found >= 0)
            {
                return found;
            }
        }
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static string Text(ChoiceDescription choice) => choice.Label.Replace("&", "", StringComparison.Ordinal);

    private static string Key(ChoiceDescription choice)
    {
        var mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
        return mark >= 0 && mark + 1 < choice.Label.Length ? choice.Label.Substring(mark + 1, 1).ToUpperInvariant() : Text(choice);
    }

    private void Head(string caption, string message)
    {
        foreach (var line in new[] { caption, message }.Where(line => !string.IsNullOrEmpty(line)))
        {
            terminal.Write(line + "\n");
        }
    }
}
