/** Benchmark protocols: what a descriptor is worth on image pairs whose true geometry is known. */
package org.tiepoint.evaluation;
