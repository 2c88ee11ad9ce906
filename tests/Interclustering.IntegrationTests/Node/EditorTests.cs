using Interclustering.Contracts;
using Interclustering.Node.Publishing.Editor;
using Microsoft.EntityFrameworkCore;

namespace Interclustering.IntegrationTests.Node;

public sealed class EditorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Event Morning(string title = "Matinée", params string[] starts) => new()
    {
        Nonce = "",
        Title = title,
        Source = new SourceReference("openagenda", "42"),
        Sessions = [.. starts.DefaultIfEmpty("2026-12-10T09:00:00").Select((start, index) => new Session($"{index + 1}", start))],
    };

    [Fact]
    public async Task The_same_source_key_updates_and_equal_content_changes_nothing()
    {
        await using var node = await TemporaryNode.CreateAsync();
        await using var db = node.Open();
        var editor = node.Editor(db);
        var first = await editor.PublishAsync(null, Morning(), "a", Cancellation);
        var same = await editor.PublishAsync(null, Morning(), "a", Cancellation);
        var changed = await editor.PublishAsync(null, Morning("Matinée 2"), "a", Cancellation);
        Assert.Equal((Outcome.Created, 1), (first.Outcome, first.Revision));
        Assert.Equal((Outcome.Unchanged, 1), (same.Outcome, same.Revision));
        Assert.Equal(new Saved(first.Subject, Outcome.Updated, 2), changed);
        Assert.Equal(2, await db.Journal.CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_withdrawn_item_comes_back_with_a_higher_revision()
    {
        await using var node = await TemporaryNode.CreateAsync();
        await using var db = node.Open();
        var editor = node.Editor(db);
        var saved = await editor.PublishAsync(null, Morning(), "a", Cancellation);
        await editor.WithdrawAsync(saved.Subject, "erreur", "a", Cancellation);
        Assert.Equal(Kinds.Withdrawn, (await db.Publications.AsNoTracking().SingleAsync(Cancellation)).Kind);
        Assert.Equal(3, (await editor.PublishAsync(saved.Subject, Morning(), "a", Cancellation)).Revision);
    }

    [Fact]
    public async Task A_session_that_moves_keeps_its_id()
    {
        await using var node = await TemporaryNode.CreateAsync();
        await using var db = node.Open();
        var editor = node.Editor(db);
        await editor.PublishAsync(null, Morning("x", "2026-12-10", "2026-12-12"), "a", Cancellation);
        await editor.PublishAsync(null, Morning("x", "2026-12-11", "2026-12-12"), "a", Cancellation);
        var copy = await db.WorkingCopies.AsNoTracking().SingleAsync(Cancellation);
        Assert.Equal(["1", "2"], ((Event)PublicationText.Read(copy.Kind, copy.Data)).Sessions.Select(session => session.Id));
    }

    [Fact]
    public async Task An_edit_from_an_older_version_is_refused_and_writes_nothing()
    {
        await using var node = await TemporaryNode.CreateAsync();
        await using var db = node.Open();
        var editor = node.Editor(db);
        var saved = await editor.PublishAsync(null, Morning(), "a", Cancellation);
        await editor.PublishAsync(saved.Subject, Morning("autre"), "b", Cancellation);
        await Assert.ThrowsAsync<EditedMeanwhileException>(
            () => editor.PublishManyAsync([(saved.Subject, Morning("la mienne"))], "a", expected: 1, Cancellation));
        Assert.Equal(2, await db.Journal.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Another_clusters_subject_is_refused()
    {
        await using var node = await TemporaryNode.CreateAsync();
        await using var db = node.Open();
        await Assert.ThrowsAsync<ArgumentException>(
            () => node.Editor(db).PublishAsync($"lsn-{Guid.CreateVersion7()}", Morning(), "a", Cancellation));
    }
}
