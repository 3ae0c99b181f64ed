package io.millrace.internal.files;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/** Says what an attempt is about to create and, once it is committed, to delete: paths relative to the target's folder. */
@JsonIgnoreProperties(ignoreUnknown = true)
record WriteIntent(String batch, List<String> creates, List<String> replaces) {}
