/**
 * How fast it is, beside others, measured in turns on the same machine; what comes out is the README's table. Nothing
 * depends on this package.
 */
package org.tiepoint.benchmarks;
