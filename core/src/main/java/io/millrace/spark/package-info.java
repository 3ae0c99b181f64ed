/**
 * Where Millrace touches Spark's and Delta's inner classes. The only package of this module that may: a new version of either is met here.
 */
@NullMarked
package io.millrace.spark;

import org.jspecify.annotations.NullMarked;
