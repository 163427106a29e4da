package org.tiepoint.recipe;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.tiepoint.network.LocalBackbone;
import org.tiepoint.tensor.Device;

/** A network with one descriptor map; its key backbone says which. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.EXISTING_PROPERTY, property = "backbone",
        visible = true)
@JsonSubTypes({
    @JsonSubTypes.Type(value = DescriptorNetwork.class, name = "fusion"),
    @JsonSubTypes.Type(value = DescriptorNetwork.class, name = "fine"),
    @JsonSubTypes.Type(value = PatchNetwork.class, name = "patch"),
    @JsonSubTypes.Type(value = CompactNetwork.class, name = "compact")})
public sealed interface LocalNetwork permits DescriptorNetwork, PatchNetwork, CompactNetwork {
    /** A network with initial values that follow from the seed; the caller closes it. */
    LocalBackbone create(long seed, Device device);

    /** Sides of images must be multiples of it, so that maps are in place. */
    int multiple();

    /** What it is, in a word or two. */
    String summary();
}
