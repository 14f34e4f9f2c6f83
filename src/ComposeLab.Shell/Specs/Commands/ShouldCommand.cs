using System.Collections.ObjectModel;
using System.Management.Automation;
using ComposeLab.Shell.Specs.Assertions;

namespace ComposeLab.Shell.Specs.Commands;

/// <summary>
/// Should: asserts something of the piped value. Each operator is a switch with a parameter set of its own, so that an operator
/// or a parameter that is not known fails to bind.
/// </summary>
[Cmdlet(VerbsLifecycle.Assert, "Spec")]
internal sealed class ShouldCommand : PSCmdlet, IDynamicParameters
{
    private readonly List<object?> _input = [];
    private RuntimeDefinedParameterDictionary _given = [];

    /// <summary>The value.</summary>
    [Parameter(ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    public object? ActualValue { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters()
    {
        _given = [];
        foreach (var assertion in SpecOperators.All)
        {
            Add(assertion.Name, typeof(SwitchParameter), new ParameterAttribute { ParameterSetName = assertion.Name });
            if (assertion.Alias.Length > 0)
            {
                _given[assertion.Name].Attributes.Add(new AliasAttribute(assertion.Alias));
            }

            Add("Not", typeof(SwitchParameter), new ParameterAttribute { ParameterSetName = assertion.Name });
            var position = 1;
            foreach (var name in assertion.Parameters)
            {
                Add(name, name == "PassThru" ? typeof(SwitchParameter) : typeof(object), new ParameterAttribute { ParameterSetName = assertion.Name, Position = position++ });
            }
        }

        return _given;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _input.Add(ActualValue);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var assertion = SpecOperators.All.First(entry => entry.Name == ParameterSetName);
        IEnumerable<object?> subjects = (_input.Count, assertion.TakesCollection) switch
        {
            (0, _) => [null],
            (_, true) => [_input.ToArray()],
            _ => _input,
        };
        foreach (var subject in subjects)
        {
            var check = new SpecCheck(subject, _given);
            if (assertion.Test(check) is { } message)
            {
                ThrowTerminatingError(new ErrorRecord(new InvalidOperationException(message), "PesterAssertionFailed", ErrorCategory.InvalidResult, subject));
            }

            if (check.Output is not null)
            {
                WriteObject(check.Output);
            }
        }
    }

    private void Add(string name, Type type, ParameterAttribute attribute)
    {
        if (_given.TryGetValue(name, out var known))
        {
            known.Attributes.Add(attribute);
        }
        else
        {
            _given.Add(name, new RuntimeDefinedParameter(name, type, new Collection<Attribute> { attribute }));
        }
    }
}
