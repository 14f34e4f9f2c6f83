using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Model;

namespace ComposeLab.Compose.Validation.Consistency;

/// <summary>No service waits for itself, neither straight nor through others.</summary>
internal static class CircleCheck
{
    /// <summary>Checks a project.</summary>
    /// <param name="project">The project.</param>
    /// <exception cref="ComposeException">There is a circle.</exception>
    public static void Check(CheckedProject project)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (string start in project.Services.Keys)
        {
            if (!done.Contains(start))
            {
                Visit(project, start, done);
            }
        }
    }

    // A stack of its own: a chain of services may be longer than the thread's stack.
    private static void Visit(CheckedProject project, string start, HashSet<string> done)
    {
        var trail = new List<string> { start };
        var onTrail = new HashSet<string>(StringComparer.Ordinal) { start };
        var pending = new Stack<IEnumerator<string>>();
        pending.Push(project.Services[start].DependsOn.Keys.GetEnumerator());
        while (pending.TryPeek(out IEnumerator<string>? names))
        {
            if (!names.MoveNext())
            {
                pending.Pop();
                done.Add(trail[^1]);
                onTrail.Remove(trail[^1]);
                trail.RemoveAt(trail.Count - 1);
            }
            else if (!onTrail.Add(names.Current))
            {
                throw Circle(project, [.. trail.SkipWhile(name => name != names.Current), names.Current]);
            }
            else if (done.Contains(names.Current) || !project.Services.TryGetValue(names.Current, out ServiceDefinition? service))
            {
                onTrail.Remove(names.Current);
            }
            else
            {
                trail.Add(names.Current);
                pending.Push(service.DependsOn.Keys.GetEnumerator());
            }
        }
    }

    private static ComposeException Circle(CheckedProject project, IReadOnlyList<string> circle)
    {
        DependencyDefinition last = project.Services[circle[^2]].DependsOn[circle[^1]];
        return ComposeException.At(
            ComposeErrorId.DependencyCycle,
            $"Services wait for each other in a circle: {string.Join(" -> ", circle)}.",
            $"Remove one of these dependencies, for example that of {circle[^2]} on {circle[^1]}.",
            last.Origin,
            $"services.{circle[^2]}.depends_on.{circle[^1]}");
    }
}
