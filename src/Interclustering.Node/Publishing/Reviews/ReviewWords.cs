using Interclustering.Node.Publishing.Editor;
using Interclustering.Ui.Words;

namespace Interclustering.Node.Publishing.Reviews;

/// <summary>What the pages say of a review.</summary>
internal static class ReviewWords
{
    /// <summary>To a member who pressed « Publier » all the same, on a page of before the rule for one.</summary>
    public static string Required => T["Votre cluster relit avant de publier : « Demander une relecture » garde ce texte et prévient les "
        + "autres. Rien n’a été publié."];

    public static string InWords(DraftReview review, DateTime nowUtc) => review.State switch
    {
        ReviewState.Asked => T["à relire : demandé par {0} {1}", review.By, Moments.Saved(review.At, nowUtc)],
        ReviewState.Returned => T["rendu avec un commentaire par {0} {1}", review.By, Moments.Saved(review.At, nowUtc)],
        _ => T["relu par {0} {1}", review.By, Moments.Saved(review.At, nowUtc)],
    };
}
