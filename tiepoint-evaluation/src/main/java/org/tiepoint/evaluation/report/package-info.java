/**
 * Results as one HTML page that needs no other file: curves as inline SVG, tables, pictures of pairs. The building
 * blocks are {@link org.tiepoint.evaluation.report.Chart}, {@link org.tiepoint.evaluation.report.Table} and
 * {@link org.tiepoint.evaluation.report.Page}.
 */
package org.tiepoint.evaluation.report;
