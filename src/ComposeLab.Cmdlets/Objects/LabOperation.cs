namespace ComposeLab;

/// <summary>One step of a plan, as <c>-WhatIf</c> shows it.</summary>
public sealed class LabOperation
{
    /// <summary>The place in the plan, from 1; steps that do not depend on each other run at the same time.</summary>
    public required int Order { get; init; }

    /// <summary>The project.</summary>
    public required string ProjectName { get; init; }

    /// <summary>What is done: create, recreate, start, stop, remove, ...</summary>
    public required string Action { get; init; }

    /// <summary>What it is done to, such as <c>container lab-db-1</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>What kind of thing that is: Container, Network, Volume, Image or Directory.</summary>
    public string ResourceKind { get; init; } = "";

    /// <summary>Its name on the engine.</summary>
    public string ResourceName { get; init; } = "";

    /// <summary>The service concerned; null when none is.</summary>
    public string? Service { get; init; }

    /// <summary>Why, in words; secrets are masked.</summary>
    public required string Cause { get; init; }

    /// <summary>The values that differ, where that is the cause; empty where it is not.</summary>
    public IReadOnlyList<LabFieldChange> Changes { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Writes the step as a line of a plan.</summary>
    /// <returns>Action, resource and cause.</returns>
    public override string ToString() => $"{Action} {Resource}: {Cause}";
}
