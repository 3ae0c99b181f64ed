package io.millrace.spi;

/** The configuration of a strategy that has none. */
public record NoConfiguration() {}
