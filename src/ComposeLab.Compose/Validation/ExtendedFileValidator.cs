using ComposeLab.Compose.Diagnostics;
using ComposeLab.Compose.Validation.Rules;
using ComposeLab.Compose.Validation.Specification;
using ComposeLab.Compose.Yaml;

namespace ComposeLab.Compose.Validation;

/// <summary>
/// Checks a file whose services are extended. The schema is put only to the project that comes of it; but what has a short and a long syntax must have one
/// of them in every service of the file, extended or not.
/// </summary>
internal static class ExtendedFileValidator
{
    private static readonly Rule Mapping = new MappingRule();
    private static readonly Rule List = new ListRule(Common.Any);
    private static readonly Rule TextOrList = new ChoiceRule(Common.Text, List);
    private static readonly Rule TextOrMapping = new ChoiceRule(Common.Text, Mapping);
    private static readonly Rule ListOrMapping = new ChoiceRule(List, Mapping);
    private static readonly Rule Limit = new ChoiceRule(Common.Integer, Mapping);
    private static readonly Rule BuildLimit = new ChoiceRule(new ScalarRule(ScalarSorts.Integer), Mapping);

    private static readonly PathTable<Rule> Forms = new(
    [
        ("services.*.build", TextOrMapping),
        ("services.*.build.additional_contexts", ListOrMapping),
        ("services.*.build.additional_contexts.*", Common.Text),
        ("services.*.build.secrets.*", TextOrMapping),
        ("services.*.build.ssh", ListOrMapping),
        ("services.*.build.ulimits.*", BuildLimit),
        ("services.*.configs.*", TextOrMapping),
        ("services.*.depends_on", ListOrMapping),
        ("services.*.depends_on.[]", Common.Text),
        ("services.*.depends_on.*", Mapping),
        ("services.*.devices.*", TextOrMapping),
        ("services.*.env_file", TextOrList),
        ("services.*.extends", TextOrMapping),
        ("services.*.gpus", TextOrList),
        ("services.*.label_file.*", Common.Text),
        ("services.*.models.[]", Common.Text),
        ("services.*.networks.[]", Common.Text),
        ("services.*.ports", List),
        ("services.*.ports.[]", new ChoiceRule(Common.Number, Mapping)),
        ("services.*.secrets.*", TextOrMapping),
        ("services.*.ulimits.*", Limit),
        ("services.*.volumes.*", TextOrMapping),
    ]);

    /// <summary>Checks the file.</summary>
    /// <param name="root">Its model, in short or long syntax.</param>
    /// <exception cref="ComposeException">A value has none of the forms its attribute has.</exception>
    public static void Validate(MappingNode root) => ModelWalk.Visit(root, Forms, (form, node, path) => form.CheckSort(node, path));
}
