package org.tiepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tiepoint.evaluation.NamedDescriber;
import org.tiepoint.feature.Describer;
import org.tiepoint.feature.RootSift;
import org.tiepoint.model.CapsDescriber;
import org.tiepoint.recipe.CapsRecipe;
import org.tiepoint.recipe.RecipeFile;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A descriptor to evaluate, written [NAME=]SPEC.
 *
 * @param name what the table calls it; the whole as it was written, where no name was given
 * @param text rootsift, untrained:RECIPE, encoder:RECIPE:FILE, or a model's file or folder
 */
record ModelSpec(String name, String text) {
    private static final Pattern NAMED = Pattern.compile("([\\w .+-]+)=(.+)");
    private static final String UNTRAINED = "untrained:";
    private static final String ENCODER = "encoder:";

    /** Loads the descriptor; the caller closes it. */
    NamedDescriber load() throws IOException {
        return new NamedDescriber(name, describer());
    }

    private Describer describer() throws IOException {
        if (text.equalsIgnoreCase(ModelOption.BASELINE)) {
            return new RootSift();
        }
        if (text.startsWith(UNTRAINED)) {
            return CapsDescriber.untrained(recipe(text.substring(UNTRAINED.length())), Optional.empty());
        }
        if (text.startsWith(ENCODER)) {
            String[] parts = text.substring(ENCODER.length()).split(":", 2);
            return CapsDescriber.untrained(recipe(parts[0]), Optional.of(Path.of(parts[1])));
        }
        return CapsDescriber.load(Path.of(text));
    }

    private static CapsRecipe recipe(String nameOrFile) throws IOException {
        return RecipeFile.parse(RecipeFile.text(nameOrFile), nameOrFile).caps();
    }

    /** Reads the written form. */
    static final class Converter implements ITypeConverter<ModelSpec> {
        @Override
        public ModelSpec convert(String written) {
            Matcher named = NAMED.matcher(written);
            ModelSpec spec = named.matches() ? new ModelSpec(named.group(1), named.group(2))
                    : new ModelSpec(written, written);
            if (spec.text.startsWith(ENCODER) && spec.text.indexOf(':', ENCODER.length()) < 0) {
                throw new TypeConversionException("'" + written + "' names no file to initialise the encoder from:"
                        + " write encoder:RECIPE:FILE");
            }
            return spec;
        }
    }
}
