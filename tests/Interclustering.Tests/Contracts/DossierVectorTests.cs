using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Interclustering.Contracts;
using Interclustering.Federation;
using Interclustering.Federation.Chain;
using Interclustering.JointWebinars;
using Interclustering.Testing;

namespace Interclustering.Tests.Contracts;

/// <summary>A whole joint webinar: the ruling after each of its facts.</summary>
public sealed class DossierVectorTests
{
    private static readonly JsonElement Vector = ContractFiles.Vector("joint-webinar.json");

    [Fact]
    public void Each_fact_leads_to_the_ruling_of_the_vector()
    {
        var facts = new List<RecordedFact>();
        foreach (var (position, vector) in Vector.GetProperty("facts").EnumerateArray().Index())
        {
            var subject = vector.GetProperty("subject").GetString()!;
            var time = DateTime.Parse(vector.GetProperty("time").GetString()!, CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal);
            facts.Add(RecordedFact.Read(subject, Subjects.OwnerOf(subject), time, position, vector.GetProperty("data").GetRawText())!);
            var ruling = DossierFold.Of(Vector.GetProperty("dossier").GetString()!, facts)!.Ruling();
            Assert.Equal(Text(vector.GetProperty("ruling").Deserialize<JsonObject>()!),
                Text(JsonSerializer.SerializeToNode(ruling, ContractJson.Options)!.AsObject()));
        }
    }

    /// <summary>Without the nonce, empty lists left out, refused in the order of ids.</summary>
    private static string Text(JsonObject ruling)
    {
        ruling.Remove("nonce");
        foreach (var name in ruling.Where(member => member.Value is JsonArray { Count: 0 }).Select(member => member.Key).ToList())
        {
            ruling.Remove(name);
        }

        if (ruling["refused"] is JsonArray refused)
        {
            ruling["refused"] = new JsonArray(
                [.. refused.Select(each => each!.DeepClone()).OrderBy(each => each["fact"]!.GetValue<string>(), StringComparer.Ordinal)]);
        }

        return CanonicalJson.Of(ruling.ToJsonString());
    }
}
