package org.tiepoint.evaluation.report;

import java.util.List;
import java.util.Optional;
import org.tiepoint.evaluation.PairResult;
import org.tiepoint.evaluation.SetResult;

/** What the report shows of a protocol's results. */
interface ProtocolSection {
    /** Of the tables. */
    List<MeasureTable.Column> columns();

    /** What the columns mean. */
    String explanation();

    /** The curves of a set; the series of a curve is the place of its features. */
    List<Chart> charts(SetResult set);

    /** A sentence on the charts. */
    Optional<String> note(SetResult set);

    /** Results of others that the charts show. */
    Optional<Table> background(SetResult set);

    /** How well a pair went: the higher the better. */
    double rank(PairResult pair);

    /** Name of the number that says most of a pair. */
    String mainNumber();

    /** That number of a pair, with its unit. */
    String value(PairResult pair);

    /** A pair's other numbers in a few words. */
    String details(PairResult pair);

    /** All of a pair's numbers in a few words. */
    default String describe(PairResult pair) {
        return mainNumber() + " " + value(pair) + ", " + details(pair);
    }

    /** A match is shown as correct up to this distance from the true geometry. */
    double correctPixels();
}
