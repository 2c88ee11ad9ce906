using System.Net;
using System.Text.RegularExpressions;
using Interclustering.Contracts;

namespace Interclustering.IntegrationTests.JointWebinars;

/// <summary>« Choisir » asks first where a cluster said no, or nothing.</summary>
public sealed partial class ChoosingTests : DossierPagesVisit
{
    [Theory]
    [InlineData(SlotAnswers.No, "Logistique Seine Normandie a répondu non à ce créneau.")]
    [InlineData(null, "Logistique Seine Normandie n’a pas répondu pour ce créneau.")]
    public async Task It_names_who_said_no_or_nothing_and_chooses_at_the_second_press(string? answer, string sentence)
    {
        var id = await SuggestedAsync(answer);
        await SignInAsync();
        using var asked = await PostAsync($"{List}/{id}/creneau", new Dictionary<string, string> { ["slot"] = SlotIn(8) }, $"{List}/{id}");
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        var question = await WordsOfAsync(asked);
        Assert.Contains(sentence, question, StringComparison.Ordinal);
        Assert.DoesNotContain("Bretagne Supply Chain n’a pas répondu", question, StringComparison.Ordinal);
        Assert.Null((await DossierAsync(id)).Slot);

        using var chosen = await PostAsync($"{List}/{id}/creneau", new Dictionary<string, string>
        {
            ["slot"] = SlotIn(8),
            ["despite"] = Despite().Match(question).Groups[1].Value,
        }, $"{List}/{id}");
        Assert.Equal(HttpStatusCode.Found, chosen.StatusCode);
        Assert.Equal(SlotIn(8), (await DossierAsync(id)).Slot);
    }

    [Fact]
    public async Task A_slot_that_suits_all_is_chosen_at_once()
    {
        var id = await SuggestedAsync(SlotAnswers.IfNeedBe);
        await SignInAsync();
        await PostAsync($"{List}/{id}/creneau", new Dictionary<string, string> { ["slot"] = SlotIn(8) }, $"{List}/{id}");
        Assert.Equal(SlotIn(8), (await DossierAsync(id)).Slot);
    }

    [Fact]
    public async Task A_confirmation_of_another_question_asks_again()
    {
        var id = await SuggestedAsync(SlotAnswers.No);
        await SignInAsync();
        using var asked = await PostAsync($"{List}/{id}/creneau",
            new Dictionary<string, string> { ["slot"] = SlotIn(8), ["despite"] = "pil" }, $"{List}/{id}");
        Assert.Contains("Choisir quand même", await WordsOfAsync(asked), StringComparison.Ordinal);
        Assert.Null((await DossierAsync(id)).Slot);
    }

    /// <summary>This cluster suggests another slot, of which the lead says something or nothing.</summary>
    private async Task<string> SuggestedAsync(string? answer)
    {
        var id = await InvitedAsync();
        await HearAsync("bsc", Fact(id, JointWebinarFacts.Answered) with { Answer = new ClusterAnswer(JoinAnswers.Yes, []) });
        await HearAsync("bsc", Fact(id, JointWebinarFacts.SlotSuggested) with { Slot = SlotIn(8) });
        if (answer is not null)
        {
            await HearAsync("lsn", Fact(id, JointWebinarFacts.Answered) with
            {
                Answer = new ClusterAnswer(JoinAnswers.Yes, [new SlotAnswer(SlotIn(8), answer)]),
            });
        }

        return id;
    }

    [GeneratedRegex("name=\"despite\" value=\"([^\"]*)\"")]
    private static partial Regex Despite();
}
