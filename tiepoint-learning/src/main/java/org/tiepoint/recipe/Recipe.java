package org.tiepoint.recipe;

/**
 * All that decides how a network is trained, but for the photos. Read from YAML by {@link RecipeFile}, whose keys are
 * the names of the record's components; {@code method} says which record it is.
 */
public sealed interface Recipe permits CapsRecipe, HndescRecipe, MixedRecipe,
        ScfeatDescriptorRecipe, ScfeatDetectorRecipe {
    /** What is trained, as the YAML file names it. */
    String method();

    /** Of the initial values, the order of samples and every random draw. */
    long seed();

    Optimisation optimisation();

    Schedule schedule();

    /**
     * The recipe of CAPS.
     *
     * @throws IllegalArgumentException when it is another method's
     */
    default CapsRecipe caps() {
        if (this instanceof CapsRecipe caps) {
            return caps;
        }
        throw new IllegalArgumentException("the recipe's method is " + method() + ": give a recipe of caps");
    }

    /** Whether the photos must be posed. */
    default boolean needsPoses() {
        return true;
    }

    /** The same recipe with another number of steps. */
    Recipe withSteps(int steps);
}
