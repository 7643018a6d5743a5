/** Listeners of Alibaba Cloud's Application Load Balancer (ALB). */
@NullMarked
package dev.polycert.vendor.alibaba.alb;

import org.jspecify.annotations.NullMarked;
