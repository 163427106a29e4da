package org.tiepoint.interop.hloc;

/** Where hloc (utils/parsers.py) keeps the matches of a pair of images. */
final class PairNames {
    private PairNames() {}

    /** The group of a pair: {@code db-1.jpg/db-2.jpg} for db/1.jpg and db/2.jpg. */
    static String of(String first, String second) {
        return first.replace('/', '-') + "/" + second.replace('/', '-');
    }

    /** The group of a pair in files of hloc before 2021: {@code db-1.jpg_db-2.jpg}. */
    static String old(String first, String second) {
        return first.replace('/', '-') + "_" + second.replace('/', '-');
    }
}
