/**
 * How far features bear a change that is known exactly: photos are turned, reduced, exposed and blurred step by step
 * and matched with themselves.
 */
package org.tiepoint.evaluation.sweep;
