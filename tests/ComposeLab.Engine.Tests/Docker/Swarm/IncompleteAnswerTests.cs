using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Tests.Support;

namespace ComposeLab.Engine.Tests.Docker.Swarm;

/// <summary>Answers of older, newer and minimal engines, in which members are missing.</summary>
public sealed class IncompleteAnswerTests
{
    public static TheoryData<Type> Types => [.. IncompleteJson.TypesOf(SwarmJson.Default)];

    [Theory]
    [MemberData(nameof(Types))]
    public void An_object_of_a_swarm_is_complete_or_rejected_whatever_the_engine_leaves_out(Type type) => IncompleteJson.Check(type, CompleteJson.Of(SwarmJson.Default));
}
