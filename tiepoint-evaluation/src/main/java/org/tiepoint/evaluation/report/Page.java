package org.tiepoint.evaluation.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tiepoint.file.AtomicFile;

/**
 * A page that needs nothing but itself: opens from the disk, suits light and dark screens, and prints. Sections are
 * added from top to bottom. Not thread-safe.
 */
public final class Page {
    private static final Pattern PLACE = Pattern.compile("\\{\\{(title|body)}}");

    private final String title;
    private final Markup body = new Markup();
    private final Set<String> defined = new HashSet<>();

    /**
     * @param title heading and name of the page
     * @param lead  a sentence below the heading
     */
    public Page(String title, String lead) {
        this.title = title;
        body.open("header").element("h1", title).element("p", lead, "class", "lead").close().line();
    }

    /** Starts a part of the page. */
    public Page heading(String text) {
        body.element("h2", text).line();
        return this;
    }

    /** Starts a part of a part. */
    public Page subheading(String text) {
        body.element("h3", text).line();
        return this;
    }

    /** Some text. */
    public Page paragraph(String text) {
        body.element("p", text).line();
        return this;
    }

    public Page table(Table table) {
        body.add(table.html());
        return this;
    }

    /** A table that is shown when asked for. */
    public Page foldedTable(String summary, Table table) {
        body.open("details").element("summary", summary).line().add(table.html()).close().line();
        return this;
    }

    /** Charts side by side where there is room, with one legend of their series above them. */
    public Page charts(List<Chart> charts) {
        Map<Integer, String> names = new TreeMap<>();
        charts.forEach(chart -> chart.curves().stream().filter(curve -> !curve.isBackground())
                .forEach(curve -> names.putIfAbsent(curve.series(), curve.name())));
        body.open("ul", "class", "legend");
        names.forEach((series, name) -> {
            body.open("li");
            Series.sample(body, series);
            body.text(name).close();
        });
        body.close().line().open("div", "class", charts.size() == 4 ? "charts four" : "charts").line();
        boolean named = charts.stream().anyMatch(Chart::hasNames);
        charts.forEach(chart -> body.open("figure").add(chart.svg(named)).close().line());
        body.close().line();
        return this;
    }

    /** Pictures side by side where there is room. */
    public Page pictures(List<PairPicture> pictures) {
        body.open("div", "class", "pictures").line();
        for (PairPicture picture : pictures) {
            if (defined.add(picture.images().id())) {
                body.add(picture.images().definition());
            }
            body.add(picture.html());
        }
        body.close().line();
        return this;
    }

    /** Names and values, such as settings. */
    public Page facts(Map<String, String> facts) {
        body.open("dl");
        facts.forEach((name, value) -> body.element("dt", name).element("dd", value).line());
        body.close().line();
        return this;
    }

    /** Lines of a terminal. */
    public Page command(String text) {
        body.element("pre", text).line();
        return this;
    }

    /** The whole file. */
    public String html() throws IOException {
        try (InputStream in = Page.class.getResourceAsStream("page.html")) {
            if (in == null) {
                throw new IOException("page.html is missing from the build: build again with ./mvnw package");
            }
            String template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(
                    place.group(1).equals("title") ? Markup.escape(title) : body.toString()));
        }
    }

    /** Writes the file, whole or not at all. */
    public void write(Path file) throws IOException {
        byte[] bytes = html().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(bytes));
    }
}
