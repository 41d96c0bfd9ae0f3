#!/usr/bin/env node
import { runExporter } from 'expositor';
import { HostExporter } from './exporter.js';

void runExporter(HostExporter);
