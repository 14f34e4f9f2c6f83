using ComposeLab.Database.Queries;

namespace ComposeLab.Cmdlets.Tests.Database;

public sealed class ScramVerifierTests
{
    private static readonly byte[] Salt = Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ==");

    [Fact]
    public void It_is_what_a_server_stores_for_the_password_of_the_standards_example() => Assert.Equal(
        "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=",
        ScramVerifier.Of("pencil", Salt, 4096));

    [Fact]
    public void Each_has_a_salt_of_its_own() => Assert.NotEqual(ScramVerifier.Of("pencil"), ScramVerifier.Of("pencil"));

    // With the Unicode tables of the system a password is prepared as servers do; without them the server has to.
    [Theory]
    [InlineData("pass\u00adword\u00aa", "passworda")]
    [InlineData("a\u00a0\u2168", "a IX")]
    public void A_password_with_other_signs_is_prepared_as_servers_do_or_left_to_the_server(string password, string same)
    {
        if ("\u00aa".Normalize(System.Text.NormalizationForm.FormKC) == "a")
        {
            Assert.Equal(ScramVerifier.Of(same, Salt, 4096), ScramVerifier.Of(password, Salt, 4096));
        }
        else
        {
            Assert.Equal(password, ScramVerifier.Of(password));
        }
    }
}
