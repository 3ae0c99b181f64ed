/**
 * From a pipegraph to a plan: plugins found, their settings decoded, every reference followed, every text parsed as far as that needs no
 * session. A plan that exists can run.
 */
@NullMarked
package io.millrace.plan;

import org.jspecify.annotations.NullMarked;
