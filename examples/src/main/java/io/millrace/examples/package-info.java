/** What the examples need besides their pipegraphs: generators of their data, and the tours of {@code millrace demo}. */
@NullMarked
package io.millrace.examples;

import org.jspecify.annotations.NullMarked;
