/** The built-in products in Java: one class for each, which says what a model of it is. */
@NullMarked
package io.millrace.product;

import org.jspecify.annotations.NullMarked;
