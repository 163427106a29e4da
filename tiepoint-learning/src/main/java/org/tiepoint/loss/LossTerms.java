package org.tiepoint.loss;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tiepoint.tensor.Tensor;

/**
 * A loss and what it is made of.
 *
 * @param total weighted sum, one element, to differentiate
 * @param terms the terms by name, before weighting, in the order of the loss
 */
public record LossTerms(Tensor total, Map<String, Tensor> terms) {
    public LossTerms {
        terms = new LinkedHashMap<>(terms);
    }
}
