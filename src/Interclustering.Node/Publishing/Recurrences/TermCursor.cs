namespace Interclustering.Node.Publishing.Recurrences;

/// <summary>A place in a sentence. A phrase that does not stand there leaves it where it was.</summary>
internal sealed class TermCursor(string typed, IReadOnlyList<Term> terms)
{
    public int At { get; private set; }

    public Term? Next => At < terms.Count ? terms[At] : null;

    /// <summary>As typed, from one term up to this place.</summary>
    public string Since(int from) => typed[terms[from].From..terms[At - 1].To];

    /// <summary>As typed, from this place on.</summary>
    public string Rest => At < terms.Count ? typed[terms[At].From..terms[^1].To] : "";

    /// <param name="phrases">Words with blanks between them; the first that stands here is taken.</param>
    public bool Skip(params ReadOnlySpan<string> phrases)
    {
        foreach (var phrase in phrases)
        {
            var words = phrase.Split(' ');
            if (At + words.Length <= terms.Count && words.Index().All(word => terms[At + word.Index].Word == word.Item))
            {
                At += words.Length;
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a phrase would stand here.</summary>
    public bool Sees(Func<TermCursor, bool> phrase)
    {
        var before = At;
        var stands = phrase(this);
        At = before;
        return stands;
    }

    public int? Take(Func<Term, int?> meaning) => Next is { } term && meaning(term) is { } value ? Taken(value) : null;

    public T? Take<T>(Func<Term, T?> meaning)
        where T : class => Next is { } term && meaning(term) is { } value ? Taken(value) : null;

    public T? Try<T>(Func<TermCursor, T?> phrase)
        where T : class
    {
        var before = At;
        if (phrase(this) is { } read)
        {
            return read;
        }

        At = before;
        return null;
    }

    /// <summary>One or several of the same, with commas or « et » between them; empty where none stands here.</summary>
    public List<T> List<T>(Func<TermCursor, T?> item)
        where T : class
    {
        var items = new List<T>();
        while (Try(cursor => items.Count == 0 || cursor.Joins() ? item(cursor) : null) is { } read)
        {
            items.Add(read);
        }

        return items;
    }

    private bool Joins() => Skip(", et", ", and", Term.Comma, Term.And, "and");

    private T Taken<T>(T value)
    {
        At++;
        return value;
    }
}
