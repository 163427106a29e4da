package org.tiepoint.evaluation.retrieval;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The three evaluations of Revisited Oxford and Paris: which images count, and which are left out. */
public enum Difficulty {
    /** Easy images count, hard ones are left out. */
    EASY(true, false),
    /** Easy and hard images count. */
    MEDIUM(true, true),
    /** Hard images count, easy ones are left out. */
    HARD(false, true);

    private final boolean easy;
    private final boolean hard;

    Difficulty(boolean easy, boolean hard) {
        this.easy = easy;
        this.hard = hard;
    }

    /** Places in the database that should be found. */
    public Set<Integer> positives(RetrievalQuery query) {
        return union(easy ? query.easy() : new int[0], hard ? query.hard() : new int[0]);
    }

    /** Places in the database that are taken out of a ranking before it is judged. */
    public Set<Integer> ignored(RetrievalQuery query) {
        Set<Integer> ignored = union(easy ? new int[0] : query.easy(), hard ? new int[0] : query.hard());
        ignored.addAll(union(query.junk()));
        return ignored;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Set<Integer> union(int[]... parts) {
        Set<Integer> union = new HashSet<>();
        for (int[] part : parts) {
            for (int place : part) {
                union.add(place);
            }
        }
        return union;
    }
}
