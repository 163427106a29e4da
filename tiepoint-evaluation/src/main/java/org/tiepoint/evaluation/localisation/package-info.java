/** Localisation of photos whose poses are known: how far off, and how many within given limits. */
package org.tiepoint.evaluation.localisation;
