namespace ComposeLab.Engine.Execution;

/// <summary>Gets what happens while something is executed.</summary>
public interface IEngineEvents
{
    /// <summary>Takes an event. Called from any thread, several at once; must return at once and never throw.</summary>
    /// <param name="engineEvent">What happened.</param>
    void Report(EngineEvent engineEvent);
}
