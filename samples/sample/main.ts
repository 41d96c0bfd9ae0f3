#!/usr/bin/env node
import { runExporter } from 'expositor';
import { SampleExporter } from './exporter.js';

void runExporter(SampleExporter);
