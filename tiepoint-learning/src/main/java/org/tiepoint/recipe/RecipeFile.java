package org.tiepoint.recipe;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tiepoint.network.ResUNet;

/** Reads recipes: YAML files, or those that come with the project by their name. */
public final class RecipeFile {
    /** The recipes inside the project. */
    public static final List<String> NAMES = List.of("caps", "caps-small", "hndesc", "hndesc-small", "mixed-small",
            "compact-s", "compact-m", "adapt", "scfeat-descriptor", "scfeat-detector", "scfeat-descriptor-small",
            "scfeat-detector-small", "posfeat-descriptor", "posfeat-detector", "posfeat-descriptor-small",
            "posfeat-detector-small");

    private static final Map<String, Class<? extends Recipe>> METHODS = new TreeMap<>(Map.of(
            CapsRecipe.METHOD, CapsRecipe.class, HndescRecipe.METHOD, HndescRecipe.class,
            MixedRecipe.METHOD, MixedRecipe.class, ScfeatDescriptorRecipe.METHOD, ScfeatDescriptorRecipe.class,
            ScfeatDetectorRecipe.METHOD, ScfeatDetectorRecipe.class));

    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private RecipeFile() {}

    /** The text of a recipe: one of {@link #NAMES}, or a file's path. */
    public static String text(String nameOrFile) throws RecipeException {
        if (NAMES.contains(nameOrFile)) {
            try (InputStream in = RecipeFile.class.getResourceAsStream("/recipes/" + nameOrFile + ".yaml")) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new RecipeException("the recipe " + nameOrFile + " cannot be read: " + e.getMessage());
            }
        }
        try {
            return Files.readString(Path.of(nameOrFile));
        } catch (NoSuchFileException e) {
            throw new RecipeException("there is no recipe " + nameOrFile + ": give a YAML file, or one of "
                    + String.join(", ", NAMES));
        } catch (CharacterCodingException e) {
            throw new RecipeException(nameOrFile + " is no text in UTF-8: give a YAML recipe");
        } catch (IOException e) {
            throw new RecipeException("the recipe " + nameOrFile + " cannot be read: " + e.getMessage());
        }
    }

    /**
     * Parses a recipe.
     *
     * @param text   YAML
     * @param source what messages call it
     */
    public static Recipe parse(String text, String source) throws RecipeException {
        try (JsonParser keys = MAPPER.createParser(text)) {
            // without a method, a record's own check says that it is missing
            Class<? extends Recipe> type = METHODS.get(method(text, source).orElse(CapsRecipe.METHOD));
            RecipeKeys.check(keys, type, source);
            return MAPPER.readValue(text, type);
        } catch (RecipeException e) {
            throw e;
        } catch (ValueInstantiationException e) {
            String cause = e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage();
            throw new RecipeException(source + where(e) + ": " + prefix(path(e)) + cause);
        } catch (JsonMappingException e) {
            throw new RecipeException(source + where(e) + ": " + prefix(path(e)) + firstLine(e.getOriginalMessage()));
        } catch (JacksonException e) {
            throw new RecipeException(source + where(e) + ": no valid YAML: " + firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new RecipeException(source + ": " + e.getMessage());
        }
    }

    /**
     * The method of a recipe, whatever its other keys are.
     *
     * @param text   YAML
     * @param source what messages call it
     * @return empty where it names none
     */
    public static Optional<String> method(String text, String source) throws RecipeException {
        try (JsonParser parser = MAPPER.createParser(text)) {
            JsonToken start = parser.nextToken();
            if (start == null || start == JsonToken.VALUE_NULL) {
                throw new RecipeException(source + ": the recipe is empty");
            }
            while (start == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean method = parser.currentName().equals("method");
                if (parser.nextToken().isScalarValue() && method) {
                    requireKnown(parser, source);
                    return Optional.of(parser.getText());
                }
                parser.skipChildren();
            }
            return Optional.empty();
        } catch (RecipeException e) {
            throw e;
        } catch (JacksonException e) {
            throw new RecipeException(source + where(e) + ": no valid YAML: " + firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new RecipeException(source + ": " + e.getMessage());
        }
    }

    private static void requireKnown(JsonParser method, String source) throws IOException {
        if (!METHODS.containsKey(method.getText())) {
            throw new RecipeException(source + ", line " + method.currentTokenLocation().getLineNr() + ": method is "
                    + method.getText() + ": it must be " + String.join(" or ", METHODS.keySet()));
        }
    }

    /**
     * The network of a recipe, whatever its other keys are: a model stays readable when recipes change.
     *
     * @param text   YAML
     * @param source what messages call it
     */
    public static ResUNet.Options network(String text, String source) throws RecipeException {
        try {
            ResUNet.Options network = MAPPER.treeToValue(MAPPER.readTree(text).path("network"), ResUNet.Options.class);
            if (network == null) {
                throw new RecipeException(source + ": the key network is missing");
            }
            return network;
        } catch (JacksonException e) {
            throw new RecipeException(source + ": network: " + firstLine(e.getOriginalMessage()));
        }
    }

    /**
     * The text of a recipe of {@link MixedRecipe} with other weights of some terms.
     *
     * @param text    YAML
     * @param source  what messages call it
     * @param weights by the terms' names
     * @throws IllegalArgumentException when there is no such term or a weight cannot be
     */
    public static String withWeights(String text, String source, Map<String, Double> weights) throws RecipeException {
        if (!(parse(text, source) instanceof MixedRecipe mixed)) {
            throw new RecipeException(source + ": only recipes of the method " + MixedRecipe.METHOD
                    + " have terms to weigh");
        }
        try {
            ObjectNode tree = (ObjectNode) MAPPER.readTree(text);
            tree.set("weights", MAPPER.valueToTree(mixed.weights().with(weights)));
            return MAPPER.writeValueAsString(tree);
        } catch (JacksonException e) {
            throw new RecipeException(source + ": " + firstLine(e.getOriginalMessage()));
        }
    }

    /**
     * The text of a recipe of {@link MixedRecipe} with another network.
     *
     * @param text   YAML
     * @param source what messages call it
     */
    public static String withNetwork(String text, String source, CompactNetwork network) throws RecipeException {
        if (!(parse(text, source) instanceof MixedRecipe)) {
            throw new RecipeException(source + ": a recipe of the method " + MixedRecipe.METHOD + " is needed here");
        }
        try {
            ObjectNode tree = (ObjectNode) MAPPER.readTree(text);
            tree.set("network", MAPPER.valueToTree(network));
            return MAPPER.writeValueAsString(tree);
        } catch (JacksonException e) {
            throw new RecipeException(source + ": " + firstLine(e.getOriginalMessage()));
        }
    }

    /** The known key with the least edit distance. */
    static String nearest(String key, List<String> known) {
        String best = known.get(0);
        for (String candidate : known) {
            if (editDistance(key, candidate) < editDistance(key, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static int editDistance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream().map(JsonMappingException.Reference::getFieldName)
                .filter(name -> name != null).collect(Collectors.joining("."));
    }

    private static String prefix(String path) {
        return path.isEmpty() ? "" : path + ": ";
    }

    private static String where(JacksonException e) {
        return e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? "" : ", line " + e.getLocation().getLineNr();
    }

    private static String firstLine(String message) {
        String line = message.lines().findFirst().orElse("");
        return line.startsWith("Missing creator property") ? "the key is missing: add it" : line;
    }
}
