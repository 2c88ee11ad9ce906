using System.Globalization;
using Interclustering.Contracts;
using Interclustering.Dates;
using Interclustering.Federation;
using Interclustering.Federation.Journals;
using Interclustering.Federation.Replicas;
using Interclustering.IntegrationTests.Node;
using Interclustering.Node.Publishing.Editor;
using Interclustering.Testing;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.CoOrganisers;

/// <summary>A workspace of bsc that hears what lsn says, as the hub tells it.</summary>
public abstract class AgreementVisit : WorkspaceVisit
{
    protected static string Day { get; } = DateWordsOf(20);

    protected static string DateWordsOf(int ahead) =>
        DateOnly.FromDateTime(Paris.Now.AddDays(ahead)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    protected static Event At(string title, string hour = "09:00", string? day = null) => new()
    {
        Nonce = "",
        Title = title,
        Sessions = [new Session("1", $"{day ?? Day}T{hour}:00", $"{day ?? Day}T12:00:00")],
    };

    protected static string Mint() => Subjects.Mint("lsn");

    /// <summary>The hub tells what lsn has published.</summary>
    protected async Task<string> HearAsync(Publication said, string? subject = null, long revision = 1)
    {
        subject ??= Mint();
        await using var db = Open();
        var cursor = await db.Cursors.SingleOrDefaultAsync(row => row.Journal == FederationDirectory.HubCode, Cancellation)
            ?? db.Add(new ReplicaCursor { Journal = FederationDirectory.HubCode, Epoch = "e", Hash = "" }).Entity;
        cursor.Sequence++;
        cursor.HeardAt = DateTime.UtcNow;
        await db.Publications.Where(row => row.Journal == FederationDirectory.HubCode && row.Subject == subject)
            .ExecuteDeleteAsync(Cancellation);
        db.Add(new PublicationRow
        {
            Journal = FederationDirectory.HubCode,
            Subject = subject,
            Cluster = "lsn",
            Kind = PublicationText.KindOf(said),
            Revision = revision,
            Digest = "",
            Data = PublicationText.Of(said),
            Position = cursor.Sequence,
            PublishedAt = DateTime.UtcNow,
            RevisedAt = DateTime.UtcNow,
            VisibleAt = DateTime.UtcNow,
        });
        await db.SaveChangesAsync(Cancellation);
        return subject;
    }

    /// <summary>What bsc has said of that kind, the last one.</summary>
    protected async Task<T?> SaidAsync<T>()
        where T : Publication
    {
        var kind = typeof(T) == typeof(SameEvent) ? Kinds.SameEvent : Kinds.CoOrganisation;
        await using var db = Open();
        return await db.Publications.AsNoTracking().Where(row => row.Journal == "bsc" && row.Kind == kind)
            .OrderByDescending(row => row.Position).Select(row => row.Data).FirstOrDefaultAsync(Cancellation) is { } data
                ? (T)PublicationText.Read(kind, data) : null;
    }

    protected async Task<Event> EventAsync(string subject) =>
        (Event)PublicationText.Read(Kinds.Event, (await CopyAsync(subject)).Data);

    protected async Task<string> ReadAsync(string path) => await WordsOfAsync(await GetAsync(path));
}
