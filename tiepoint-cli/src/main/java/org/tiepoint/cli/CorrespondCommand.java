package org.tiepoint.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tiepoint.feature.Keypoints;
import org.tiepoint.image.Image;
import org.tiepoint.image.ImageWriter;
import org.tiepoint.match.MatchPicture;
import org.tiepoint.match.Matches;
import org.tiepoint.model.CapsDescriber;
import org.tiepoint.model.DenseMatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where given points of one image are in another, by dense prediction. */
@Command(name = "correspond", description = {
    "Find given points of one image in another, without key points (dense prediction).", ""},
        footer = {
            "",
            "Example:",
            "  tiepoint correspond a.jpg b.jpg --model runs/small --at 320,240 --at 100,80.5 --out points.png",
            "",
            "Prints one line a point: x and y in LEFT, x and y in RIGHT, spread. The spread is the width of",
            "the match distribution (the image is 2 wide): the lower, the surer.",
            "Positions are in pixels; (0, 0) is the centre of the top-left pixel."})
final class CorrespondCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TwoViews views;

    @Option(names = {"-m", "--model"}, required = true, paramLabel = "MODEL", converter = FeatureSpec.Converter.class,
            description = "The --out folder of 'tiepoint train' with CAPS's recipes, a checkpoint file of it, or a"
                    + " released CAPS checkpoint (.pth).")
    private FeatureSpec model;

    @Option(names = "--at", required = true, paramLabel = "x,y", converter = PixelPosition.Converter.class,
            description = "A point of LEFT in pixels. May be given again.")
    private List<PixelPosition> points;

    @Option(names = {"-o", "--out"}, paramLabel = "PNG", description = "Write a picture of the points.")
    private Optional<Path> picture;

    @Override
    public Integer call() throws IOException {
        if (!model.isNetwork()) {
            throw new ParameterException(spec.commandLine(), "--model " + model.name()
                    + " describes key points only: dense prediction needs a trained model");
        }
        Image left = views.readLeft();
        Image right = views.readRight();
        float[] xy = positions(left);
        List<DenseMatch> found;
        try (CapsDescriber describer = model.openNetwork()) {
            found = describer.correspond(left, right, xy);
        }
        PrintWriter print = spec.commandLine().getOut();
        for (int i = 0; i < found.size(); i++) {
            DenseMatch match = found.get(i);
            print.printf(Locale.ROOT, "%.2f %.2f  %.2f %.2f  %.4f%n", xy[2 * i], xy[2 * i + 1], match.x(), match.y(),
                    match.spread());
        }
        if (picture.isPresent()) {
            ImageWriter.writePng(draw(left, right, xy, found), picture.get());
            print.println("picture: " + picture.get());
        }
        print.flush();
        return 0;
    }

    private float[] positions(Image left) {
        float[] xy = new float[2 * points.size()];
        for (int i = 0; i < points.size(); i++) {
            PixelPosition point = points.get(i);
            if (point.x() < 0 || point.y() < 0 || point.x() > left.width() - 1 || point.y() > left.height() - 1) {
                throw new ParameterException(spec.commandLine(), "--at " + point.x() + "," + point.y()
                        + " lies outside " + views.leftFile() + ", which is " + left.width() + "x" + left.height()
                        + " pixels");
            }
            xy[2 * i] = (float) point.x();
            xy[2 * i + 1] = (float) point.y();
        }
        return xy;
    }

    private static Image draw(Image left, Image right, float[] xy, List<DenseMatch> found) {
        int n = found.size();
        float[] there = new float[2 * n];
        int[] indices = new int[2 * n];
        float[] scores = new float[n];
        boolean[] all = new boolean[n];
        Arrays.fill(all, true);
        for (int i = 0; i < n; i++) {
            there[2 * i] = (float) found.get(i).x();
            there[2 * i + 1] = (float) found.get(i).y();
            indices[2 * i] = i;
            indices[2 * i + 1] = i;
            scores[i] = (float) -found.get(i).spread();
        }
        return new MatchPicture().draw(left, right, Keypoints.ofPositions(xy), Keypoints.ofPositions(there),
                new Matches(indices, scores), all);
    }
}
