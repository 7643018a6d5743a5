package dev.polycert.whole.parts;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** What all vendors have in common, also under faults, and as their own clients judge it. */
@Suite
@SelectPackages({"dev.polycert.provider", "dev.polycert.whole.judge", "dev.polycert.whole.chaos"})
@IncludeClassNamePatterns(".*Test")
class ProviderPart {}
