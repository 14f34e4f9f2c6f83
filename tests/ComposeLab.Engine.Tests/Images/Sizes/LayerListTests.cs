using ComposeLab.Engine.Docker;
using ComposeLab.Engine.Images;
using ComposeLab.Engine.Images.Sizes;

namespace ComposeLab.Engine.Tests.Images.Sizes;

public sealed class LayerListTests
{
    [Fact]
    public void Instructions_that_only_describe_have_no_layer()
    {
        var layers = LayerList.Of(
            ["l1", "l2", "l3"],
            [
                Made("CMD [\"app\"]", 0), Made("COPY /out /app # buildkit", 70), Made("ENV A=1", 0), Made("RUN /bin/sh -c touch /x # buildkit", 0),
                Made("WORKDIR /src", 0), Made("/bin/sh -c #(nop)  CMD [\"sh\"]", 0), Made("/bin/sh -c #(nop) ADD file:abc in / ", 100),
            ]);

        Assert.Equal([("l1", 100L), ("l2", 0L), ("l3", 70L)], layers.Select(layer => (layer.Id, layer.Size)));
        Assert.Equal(["ADD file:abc in /", "RUN touch /x", "COPY /out /app"], layers.Select(layer => layer.Instruction));
    }

    [Fact]
    public void A_layer_without_a_history_entry_is_still_listed() =>
        Assert.Equal(["l1", "l2"], LayerList.Of(["l1", "l2"], [Made("", 5)]).Select(layer => layer.Id));

    [Theory]
    [InlineData("Imported from -", "(imported)")]
    [InlineData("Imported from root.tar of API_TOKEN=hunter2", "(Imported from root.tar of API_TOKEN=********)")]
    [InlineData("", "")]
    public void A_layer_without_an_instruction_shows_the_comment_of_the_image(string comment, string shown) =>
        Assert.Equal(shown, LayerList.Of(["l1"], [new ImageHistoryStep(DateTimeOffset.UnixEpoch, "", 5, comment)])[0].Instruction);

    [Theory]
    [InlineData("a b c", "a b d", 2)]
    [InlineData("a b", "a b c", 2)]
    [InlineData("x b c", "a b c", 0)]
    public void Shared_layers_are_counted_from_the_lowest(string one, string other, int shared) =>
        Assert.Equal(shared, LayerList.Common(one.Split(' '), other.Split(' ')));

    [Fact]
    public void A_secret_in_an_instruction_is_masked() =>
        Assert.DoesNotContain("hunter2", LayerList.Of(["l1"], [Made("RUN |1 API_TOKEN=hunter2 /bin/sh -c make # buildkit", 1)])[0].Instruction, StringComparison.Ordinal);

    [Theory]
    [InlineData("RUN dotnet restore", "RUN /bin/sh -c dotnet restore # buildkit")]
    [InlineData("RUN dotnet restore", "RUN |2 A=1 B=2 /bin/sh -c dotnet restore # buildkit")]
    [InlineData("RUN --mount=type=cache,target=/c make", "RUN /bin/sh -c make # buildkit")]
    [InlineData("RUN [\"/bin/app\", \"--flag\"]", "RUN /bin/app --flag # buildkit")]
    [InlineData("RUN echo me > /who", "RUN |1 WHO=me /bin/sh -c echo ${WHO} > /who # buildkit")]
    [InlineData("COPY --from=build /out /app", "COPY /out /app # buildkit")]
    [InlineData("COPY src/ /app", "/bin/sh -c #(nop) COPY dir:0123 in /app ")]
    [InlineData("RUN make all", "/bin/sh -c make all")]
    public void A_step_finds_its_layer_in_the_format_of_either_builder(string step, string made)
    {
        BuildStep sized = StepSizes.Add([new BuildStep { Stage = "", Number = 2, Total = 2, Instruction = step }], [Made(made, 42)]).Single();

        Assert.Equal(42, sized.Size);
    }

    private static ImageHistoryStep Made(string instruction, long size) => new(DateTimeOffset.UnixEpoch, instruction, size, "");
}
