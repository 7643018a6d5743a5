package dev.polycert.whole.parts;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The tests of vendors and of what they have in common. */
@Suite
@SelectPackages({"dev.polycert.vendor", "dev.polycert.provider"})
@IncludeClassNamePatterns(".*Test")
class VendorPart {}
