package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.tiepoint.model.EightBitModel;
import org.tiepoint.model.ModelExport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * Where an exported model goes.
 *
 * @param onnx the graph
 * @param json its card, beside it
 */
record ExportTarget(Path onnx, Path json) {
    private static final String ENDING = ".onnx";

    /** A file named .onnx, else model.onnx in a folder; another ending is a usage error. */
    static ExportTarget of(Path out, CommandSpec spec) {
        boolean file = out.toString().toLowerCase(Locale.ROOT).endsWith(ENDING) && !Files.isDirectory(out);
        String name = out.toAbsolutePath().normalize().getFileName().toString();
        if (!file && !Files.exists(out) && name.lastIndexOf('.') > 0) {
            throw new ParameterException(spec.commandLine(), "--out " + out + " is neither a folder nor named "
                    + ENDING + ": end its name with " + ENDING);
        }
        return file ? new ExportTarget(out, out.resolveSibling(name.substring(0, name.length() - ENDING.length())
                + ".json")) : new ExportTarget(out.resolve("model" + ENDING), out.resolve("model.json"));
    }

    /** Makes the folder and writes both, each whole or not at all. */
    void write(ModelExport export) throws IOException {
        Files.createDirectories(onnx.toAbsolutePath().getParent());
        export.write(onnx, json, Version.ofBuild());
    }

    /** Makes the folder and writes both, each whole or not at all. */
    void write(EightBitModel model) throws IOException {
        Files.createDirectories(onnx.toAbsolutePath().getParent());
        model.write(onnx, json);
    }
}
