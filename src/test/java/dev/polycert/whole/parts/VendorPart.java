package dev.polycert.whole.parts;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The tests of vendors. */
@Suite
@SelectPackages({"dev.polycert.vendor", "dev.polycert.provider"})
@IncludeClassNamePatterns(".*Test")
class VendorPart {}
